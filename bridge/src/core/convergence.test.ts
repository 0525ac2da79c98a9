import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { DeskCase, DeskCustomer, DeskRecord } from '../ports/helpDesk.ts';
import type { SalesforceRecord } from '../ports/org.ts';
import { DEFAULT_RULE } from './config/syncConfig.ts';
import { decide, type Decision } from './decide.ts';
import { deskValues, salesforceValues, writableFields, type FieldMap } from './fieldMap.ts';
import type { Base } from './values.ts';
import { DESK_VOCABULARY } from './vocabulary/desk.ts';
import type { Vocabulary } from './vocabulary/vocabulary.ts';
import { ZENDESK_VOCABULARY } from './vocabulary/zendesk.ts';

const PARENTS = ['003A', '003B'];
const counterpart = (_pair: string, side: string, id: string) =>
  side === 'desk' ? PARENTS[Number(id)] : String(PARENTS.indexOf(id));

type World<R extends DeskRecord> = { salesforce: SalesforceRecord; desk: R; base: Base | null };
type Edit<R extends DeskRecord> = (world: World<R>) => World<R>;
/** A help desk as far as it goes its own ways with what is written to it. */
type Ways = {
  readonly vocabulary: Vocabulary;
  readonly statuses: readonly string[];
  readonly priorities: fc.Arbitrary<DeskCase['priority']>;
  readonly lowest: DeskCase['priority'];
  /** What it holds once that was written. */
  readonly keeps: (desk: DeskCase) => DeskCase;
};

const DESK: Ways = {
  vocabulary: DESK_VOCABULARY,
  statuses: ['new', 'open', 'pending', 'resolved', 'closed'],
  priorities: fc.integer({ min: 1, max: 10 }),
  lowest: 1,
  // Desk cuts descriptions.
  keeps: (desk) => ({ ...desk, description: desk.description?.slice(0, 255) ?? null }),
};
const ZENDESK: Ways = {
  vocabulary: ZENDESK_VOCABULARY,
  statuses: ['new', 'open', 'pending', 'hold', 'solved', 'closed'],
  priorities: fc.constantFrom('urgent', 'high', 'normal', 'low', null),
  lowest: 'low',
  keeps: (desk) => desk,
};

/** Salesforce as it is: it computes the name of a contact. */
function inSalesforce<R extends DeskRecord>(fields: object): Edit<R> {
  return (world) => {
    const salesforce: SalesforceRecord = { ...world.salesforce, ...fields };
    const Name = [salesforce['FirstName'], salesforce['LastName']].filter((part) => part !== null).join(' ');
    return { ...world, salesforce: 'LastName' in salesforce ? { ...salesforce, Name } : salesforce };
  };
}
/** A desk as it is: closed cases stay as they are, and `new` does not come back. */
const inDesk =
  ({ keeps }: Ways, fields: Partial<DeskCase>): Edit<DeskCase> =>
  (world) => {
    const { desk } = world;
    if (desk.status === 'closed') return world;
    const { status = desk.status } = fields;
    const left = status === 'new' && desk.status !== 'new';
    return { ...world, desk: keeps({ ...desk, ...fields, status: left ? desk.status : status }) };
  };

const someText = fc.oneof(fc.string({ maxLength: 12 }), fc.string({ minLength: 250, maxLength: 270 }));
const orNull = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null });
const trimmed = someText.map((text) => text.trim() || 'x');
const editsOf = (ways: Ways): fc.Arbitrary<Edit<DeskCase>> =>
  fc.oneof(
    orNull(trimmed).map((Description) => inSalesforce<DeskCase>({ Description })),
    orNull(fc.stringMatching(/^[a-z]{1,8}$/)).map((Subject) => inSalesforce<DeskCase>({ Subject })),
    fc
      .constantFrom('New', 'Working', 'Open', 'Pending', 'Resolved', 'Closed')
      .map((Status) => inSalesforce<DeskCase>({ Status })),
    fc.constantFrom('High', 'Medium', 'Low').map((Priority) => inSalesforce<DeskCase>({ Priority })),
    fc.constantFrom(...PARENTS).map((ContactId) => inSalesforce<DeskCase>({ ContactId })),
    orNull(someText).map((description) => inDesk(ways, { description })),
    someText.map((subject) => inDesk(ways, { subject: subject.slice(0, 255) })),
    fc.constantFrom(...ways.statuses).map((status) => inDesk(ways, { status })),
    ways.priorities.map((priority) => inDesk(ways, { priority })),
    fc.constantFrom('0', '1').map((customerId) => inDesk(ways, { customerId })),
  );

function decideFor<R extends DeskRecord>(
  maps: readonly FieldMap[],
  { salesforce, desk, base }: World<R>,
): Decision {
  return decide({
    pair: desk.pair,
    maps,
    rule: DEFAULT_RULE,
    included: { salesforce: true, desk: true },
    linked: true,
    base,
    salesforce,
    desk,
    candidates: [],
    counterpart,
  });
}

type Writes<R extends DeskRecord> = (changes: object) => Edit<R>;

/** Applies a decision as the engine does. */
function apply<R extends DeskRecord>(
  maps: readonly FieldMap[],
  world: World<R>,
  decision: Decision,
  write: Writes<R>,
): World<R> {
  const before = deskValues(maps, world.desk);
  if (decision.do !== 'update')
    return { ...world, base: { salesforce: salesforceValues(maps, world.salesforce), desk: before } };
  const inOrg = inSalesforce<R>(writableFields(maps, decision.toSalesforce))(world);
  const next = write(decision.toDesk)(inOrg);
  const after = deskValues(maps, next.desk);
  const written = decision.written.filter(({ to }) => to === 'desk');
  const ours = Object.fromEntries(written.map(({ field }) => [field, after[field] ?? null]));
  return {
    ...next,
    base: { salesforce: salesforceValues(maps, next.salesforce), desk: { ...before, ...ours } },
  };
}

/** Whether the two sides mean the same, each in its own terms. */
function saysTheSame(map: FieldMap, { salesforce, desk }: World<DeskRecord>): boolean {
  const mine = salesforceValues([map], salesforce)[map.name] ?? null;
  const theirs = map.deskValue(desk);
  if (map.relation)
    return mine === null ? theirs === null : counterpart('', 'salesforce', String(mine)) === theirs;
  return map.toDesk(mine, theirs) === theirs || map.toSalesforce(theirs) === mine;
}

/** Bursts of edits, each followed by rounds until nothing is written: it must come, and both say the same then. */
function comesToRest<R extends DeskRecord>(
  maps: readonly FieldMap[],
  start: World<R>,
  edits: fc.Arbitrary<Edit<R>>,
  write: Writes<R>,
): void {
  fc.assert(
    fc.property(fc.array(fc.array(edits, { maxLength: 4 }), { maxLength: 6 }), (bursts) => {
      let world = start;
      for (const burst of bursts) {
        world = burst.reduce((current, edit) => edit(current), world);
        let writes = 0;
        let decision = decideFor(maps, world);
        while (decision.do === 'update') {
          writes += 1;
          assert.ok(writes <= 3, `it still writes: ${JSON.stringify(decision)}`);
          world = apply(maps, world, decision, write);
          decision = decideFor(maps, world);
        }
        assert.equal(decision.do, 'nothing');
        world = apply(maps, world, decision, write);
        assert.equal(decideFor(maps, world).do, 'nothing', 'an echo costs no write');
        // What is locked keeps what it has: that differs, and the link says so.
        if (maps.some((map) => map.locks?.(map.deskValue(world.desk)))) continue;
        for (const map of maps.filter(({ createOnly }) => !createOnly))
          assert.ok(saysTheSame(map, world), `${map.name}: ${JSON.stringify(world)}`);
      }
    }),
    { numRuns: 500 },
  );
}

const startCase = (priority: DeskCase['priority']): World<DeskCase> => ({
  base: null,
  salesforce: {
    Id: '500A',
    SystemModstamp: '',
    Subject: 'S',
    Description: null,
    Status: 'New',
    Priority: 'Low',
    Origin: 'Email',
    ContactId: '003A',
  },
  desk: {
    pair: 'case',
    id: '1',
    updatedAt: '',
    customFields: {},
    externalId: null,
    subject: 'D',
    description: null,
    status: 'new',
    priority,
    type: 'email',
    customerId: '0',
    isEmail: true,
    conversation: '0/0',
  },
});
const startCustomer: World<DeskCustomer> = {
  base: null,
  salesforce: {
    Id: '003A',
    SystemModstamp: '',
    Name: 'Ada Byron',
    FirstName: 'Ada',
    LastName: 'Byron',
    Title: null,
    Description: null,
    Email: null,
    Phone: null,
    MobilePhone: null,
    HomePhone: null,
    OtherPhone: null,
    AccountId: null,
  },
  desk: {
    pair: 'customer',
    id: '1',
    updatedAt: '',
    customFields: {},
    externalId: null,
    firstName: null,
    lastName: 'Byron',
    title: null,
    background: null,
    emails: [],
    phones: [],
    companyId: null,
  },
};

const words = fc.stringMatching(/^[A-Za-z]{1,50}( [A-Za-z]{1,50}){0,3}$/);
const address = fc.constantFrom('ada@one.test', 'ada@two.test');
const customerInDesk =
  (fields: object): Edit<DeskCustomer> =>
  (world) => ({ ...world, desk: { ...world.desk, ...fields } });
const customerEdits: fc.Arbitrary<Edit<DeskCustomer>> = fc.oneof(
  orNull(words).map((name) => inSalesforce<DeskCustomer>({ FirstName: name?.slice(0, 40).trim() ?? null })),
  words.map((name) => inSalesforce<DeskCustomer>({ LastName: name.slice(0, 80).trim() })),
  orNull(address).map((Email) => inSalesforce<DeskCustomer>({ Email })),
  orNull(fc.constantFrom('1', '2')).map((Phone) => inSalesforce<DeskCustomer>({ Phone })),
  orNull(trimmed).map((Description) => inSalesforce<DeskCustomer>({ Description })),
  orNull(words).map((lastName) => customerInDesk({ lastName })),
  orNull(address).map((value) =>
    customerInDesk({ emails: value === null ? [] : [{ type: 'work', value: value.toUpperCase() }] }),
  ),
  orNull(fc.constantFrom('1', '2')).map((value) =>
    customerInDesk({ phones: value === null ? [] : [{ type: 'work', value }] }),
  ),
  orNull(trimmed).map((background) => customerInDesk({ background })),
);

for (const ways of [DESK, ZENDESK]) {
  const { title, maps } = ways.vocabulary;
  const { lowest } = ways;

  test(`invariant 3: any edits of a case on both sides come to rest in at most three writes, in ${title}`, () => {
    comesToRest(maps.case, startCase(lowest), editsOf(ways), (changes) => inDesk(ways, changes));
  });

  test(`invariant 3: any edits of a customer on both sides come to rest likewise, in ${title}`, () => {
    comesToRest(maps.customer, startCustomer, customerEdits, customerInDesk);
  });

  test(`after a change in Salesforce alone, Salesforce keeps it, with ${title}`, () => {
    fc.assert(
      fc.property(
        fc.constantFrom('Open', 'Pending', 'Resolved'),
        fc.constantFrom('High', 'Medium', 'Low'),
        (Status, Priority) => {
          const write = (changes: object) => inDesk(ways, changes);
          const nothing = { do: 'nothing', rule: 'equal', pending: [], awaits: [], held: [] } as const;
          const rested = apply(maps.case, startCase(lowest), nothing, write);
          const changed = inSalesforce<DeskCase>({ Status, Priority })(rested);
          const after = apply(maps.case, changed, decideFor(maps.case, changed), write);
          assert.deepEqual([after.salesforce['Status'], after.salesforce['Priority']], [Status, Priority]);
          for (const name of ['status', 'priority'])
            assert.ok(maps.case.filter((map) => map.name === name).every((map) => saysTheSame(map, after)));
        },
      ),
    );
  });
}
