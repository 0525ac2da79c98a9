import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { DeskCase } from '../ports/helpDesk.ts';
import type { SalesforceRecord } from '../ports/org.ts';
import { DEFAULT_RULE } from './config/syncConfig.ts';
import { decide, type Decision } from './decide.ts';
import { deskValues, salesforceValues } from './fieldMap.ts';
import { DESK_VOCABULARY } from './vocabulary/desk.ts';
import type { Base } from './values.ts';

const maps = DESK_VOCABULARY.maps.case;
const CONTACTS = ['003A', '003B'];
const counterpart = (_pair: string, side: string, id: string) =>
  side === 'desk' ? CONTACTS[Number(id)] : String(CONTACTS.indexOf(id));

type World = { salesforce: SalesforceRecord; desk: DeskCase; base: Base | null };
type Edit = (world: World) => World;

const inSalesforce =
  (fields: object): Edit =>
  (world) => ({ ...world, salesforce: { ...world.salesforce, ...fields } });
/** Desk as it is: descriptions are cut, closed cases stay as they are, and `new` does not come back. */
function inDesk(fields: Partial<DeskCase>): Edit {
  return (world) => {
    if (world.desk.status === 'closed') return world;
    const status =
      fields.status === 'new' && world.desk.status !== 'new'
        ? world.desk.status
        : (fields.status ?? world.desk.status);
    const desk = { ...world.desk, ...fields, status };
    return { ...world, desk: { ...desk, description: desk.description?.slice(0, 255) ?? null } };
  };
}

const someText = fc.oneof(fc.string({ maxLength: 12 }), fc.string({ minLength: 250, maxLength: 270 }));
const orNull = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null });
const edits: fc.Arbitrary<Edit> = fc.oneof(
  orNull(someText.map((text) => text.trim() || 'x')).map((Description) => inSalesforce({ Description })),
  orNull(fc.stringMatching(/^[a-z]{1,8}$/)).map((Subject) => inSalesforce({ Subject })),
  fc
    .constantFrom('New', 'Working', 'Open', 'Pending', 'Resolved', 'Closed')
    .map((Status) => inSalesforce({ Status })),
  fc.constantFrom('High', 'Medium', 'Low').map((Priority) => inSalesforce({ Priority })),
  fc.constantFrom(...CONTACTS).map((ContactId) => inSalesforce({ ContactId })),
  orNull(someText).map((description) => inDesk({ description })),
  someText.map((subject) => inDesk({ subject: subject.slice(0, 255) })),
  fc.constantFrom('new', 'open', 'pending', 'resolved', 'closed').map((status) => inDesk({ status })),
  fc.integer({ min: 1, max: 10 }).map((priority) => inDesk({ priority })),
  fc.constantFrom('0', '1').map((customerId) => inDesk({ customerId })),
);

function decideFor({ salesforce, desk, base }: World): Decision {
  return decide({
    pair: 'case',
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

/** Applies a decision as the engine does. */
function apply(world: World, decision: Decision): World {
  let next = world;
  if (decision.do === 'update') {
    next = inSalesforce(decision.toSalesforce)(next);
    next = inDesk(decision.toDesk)(next);
  }
  return {
    ...next,
    base: {
      salesforce: salesforceValues(maps, next.salesforce),
      desk: deskValues(maps, next.desk),
    },
  };
}

const start: World = {
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
    priority: 1,
    type: 'email',
    customerId: '0',
    isEmail: true,
    conversation: '0/0',
  },
};

test('invariant 3: any sequence of edits on both sides comes to rest in at most three writes', () => {
  fc.assert(
    fc.property(fc.array(fc.array(edits, { maxLength: 4 }), { maxLength: 6 }), (bursts) => {
      let world = start;
      for (const burst of bursts) {
        world = burst.reduce((current, edit) => edit(current), world);
        let writes = 0;
        let decision = decideFor(world);
        while (decision.do === 'update') {
          writes += 1;
          assert.ok(writes <= 3, `it still writes: ${JSON.stringify(decision)}`);
          world = apply(world, decision);
          decision = decideFor(world);
        }
        assert.equal(decision.do, 'nothing');
        world = apply(world, decision);
        assert.equal(decideFor(world).do, 'nothing', 'an echo costs no write');
      }
    }),
    { numRuns: 500 },
  );
});

test('after a change in Salesforce alone, Salesforce keeps it', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('Open', 'Pending', 'Resolved'),
      fc.constantFrom('High', 'Medium', 'Low'),
      (Status, Priority) => {
        const rested = apply(start, { do: 'nothing', rule: 'equal', pending: [], awaits: [], held: [] });
        const changed = inSalesforce({ Status, Priority })(rested);
        const decision = decideFor(changed);
        const after = apply(changed, decision);
        assert.deepEqual([after.salesforce['Status'], after.salesforce['Priority']], [Status, Priority]);
        assert.equal(after.desk.status, Status.toLowerCase());
      },
    ),
  );
});
