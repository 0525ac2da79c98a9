import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { DeskCase } from '../ports/helpDesk.ts';
import type { SalesforceRecord } from '../ports/org.ts';
import {
  CONFLICT_RULES,
  DEFAULT_RULE,
  DIRECTIONS,
  type ConflictRule,
  type Direction,
  type Rule,
} from './config/syncConfig.ts';
import { decide, type Decision, type Situation } from './decide.ts';
import { deskValues, salesforceValues, type FieldMap } from './fieldMap.ts';
import { mayUpdate, type Included } from './selection.ts';
import { DESK_VOCABULARY } from './vocabulary/desk.ts';
import { ZENDESK_VOCABULARY } from './vocabulary/zendesk.ts';
import type { Base, Values } from './values.ts';

const standard = DESK_VOCABULARY.maps.case.filter(({ name }) => name !== 'customer');
const BOTH: Included = { salesforce: true, desk: true };

const salesforce: SalesforceRecord = {
  Id: '500A',
  SystemModstamp: '2026-01-01T00:00:10.000+0000',
  Subject: 'S',
  Description: null,
  Status: 'Open',
  Priority: 'Low',
  Origin: 'Email',
};
const desk: DeskCase = {
  pair: 'case',
  id: '1',
  updatedAt: '2026-01-01T00:00:10Z',
  customFields: {},
  externalId: null,
  subject: 'S',
  description: null,
  status: 'open',
  priority: 2,
  type: 'email',
  customerId: '7',
  isEmail: true,
  conversation: '0/0',
};
const baseOf = (maps: readonly FieldMap[], deskCase = desk): Base => ({
  salesforce: salesforceValues(maps, salesforce),
  desk: deskValues(maps, deskCase),
});
type Given = { readonly rule?: Partial<Rule>; readonly maps?: readonly FieldMap[] } & Partial<
  Omit<Situation, 'rule' | 'maps'>
>;
function decideCase({ rule, maps = standard, ...rest }: Given): Decision {
  return decide({
    pair: 'case',
    maps,
    rule: { ...DEFAULT_RULE, ...rule },
    included: BOTH,
    linked: true,
    base: baseOf(maps),
    salesforce,
    desk,
    candidates: [],
    counterpart: () => undefined,
    ...rest,
  });
}
const inSalesforce = { salesforce: { ...salesforce, Subject: 'From Salesforce' } };
const inDesk = { desk: { ...desk, subject: 'From Desk' } };
const written = (decision: Decision) =>
  decision.do === 'update' ? [decision.toSalesforce, decision.toDesk] : decision.do;

test('a change crosses in the direction of the rule and no other', () => {
  const oneWay: Record<Direction, [unknown, unknown]> = {
    'two-way': [
      [{}, { subject: 'From Salesforce' }],
      [{ Subject: 'From Desk' }, {}],
    ],
    'salesforce-to-desk': [[{}, { subject: 'From Salesforce' }], 'nothing'],
    'desk-to-salesforce': ['nothing', [{ Subject: 'From Desk' }, {}]],
    off: ['exclude', 'exclude'],
  };
  for (const direction of DIRECTIONS) {
    assert.deepEqual(written(decideCase({ rule: { direction }, ...inSalesforce })), oneWay[direction][0]);
    assert.deepEqual(written(decideCase({ rule: { direction }, ...inDesk })), oneWay[direction][1]);
  }
});

test('creating and updating are switched off each by itself', () => {
  const alone = { linked: false, base: null };
  const noCreate = { createInDesk: false, createInSalesforce: false };
  const fromDesk = decideCase({ rule: noCreate, ...alone, salesforce: null });
  assert.deepEqual([fromDesk.do, fromDesk.rule], ['exclude', 'createOff']);
  const candidates = [{ id: '500A', linked: false, by: 'Email' }];
  assert.equal(decideCase({ rule: noCreate, ...alone, salesforce: null, candidates }).do, 'link');
  const noUpdate = { updateInDesk: false, updateInSalesforce: false };
  assert.equal(decideCase({ rule: noUpdate, ...alone, salesforce: null }).do, 'createInSalesforce');
  const linked = decideCase({ rule: noUpdate, ...inDesk });
  assert.deepEqual([linked.do, linked.rule], ['exclude', 'updateOff']);
  assert.deepEqual(written(decideCase({ rule: { updateInDesk: false }, ...inDesk })), [
    { Subject: 'From Desk' },
    {},
  ]);
});

test('a record outside the condition of its side keeps its changes, and they cross when it comes back', () => {
  const outside = { salesforce: false, desk: true };
  const held = decideCase({ included: outside, ...inSalesforce });
  assert.equal(held.do, 'nothing');
  assert.deepEqual(held.do === 'nothing' && held.held, ['subject']);
  assert.deepEqual(written(decideCase({ included: outside, ...inDesk })), [{ Subject: 'From Desk' }, {}]);
  const neither = decideCase({ included: { salesforce: false, desk: false }, ...inSalesforce });
  assert.deepEqual([neither.do, neither.rule], ['exclude', 'outsideCondition']);
  assert.deepEqual(written(decideCase(inSalesforce)), [{}, { subject: 'From Salesforce' }]);
  const oneWay = { direction: 'salesforce-to-desk' } as const;
  assert.equal(decideCase({ rule: oneWay, included: outside, ...inSalesforce }).do, 'exclude');
});

test('a record outside its condition is neither matched nor made', () => {
  const candidates = [{ id: '500A', linked: false, by: 'Email' }];
  const included = { salesforce: true, desk: false };
  const alone = { linked: false, base: null, salesforce: null, candidates, included };
  assert.deepEqual(decideCase(alone).rule, 'outsideCondition');
});

test('a conflict is decided by the rule, or by the owner of the field', () => {
  const both = { ...inSalesforce, ...inDesk };
  const toDesk = [{}, { subject: 'From Salesforce' }];
  const toSalesforce = [{ Subject: 'From Desk' }, {}];
  assert.deepEqual(written(decideCase(both)), toDesk);
  assert.deepEqual(written(decideCase({ rule: { conflict: 'desk' }, ...both })), toSalesforce);
  const newest = { conflict: 'newest' } as const;
  assert.deepEqual(written(decideCase({ rule: newest, ...both })), toDesk, 'in the same second');
  const later = { ...both, desk: { ...both.desk, updatedAt: '2026-01-01T00:00:11Z' } };
  assert.deepEqual(written(decideCase({ rule: newest, ...later })), toSalesforce);
  const owned = (owner: ConflictRule) => standard.map((map) => ({ ...map, owner }));
  assert.deepEqual(written(decideCase({ maps: owned('desk'), ...both })), toSalesforce);
  assert.deepEqual(
    written(decideCase({ rule: { conflict: 'desk' }, maps: owned('salesforce'), ...both })),
    toDesk,
  );
  const decision = decideCase({ rule: { conflict: 'desk' }, ...both });
  assert.deepEqual(decision.do === 'update' && decision.conflicts, [
    { field: 'subject', winner: 'desk', kept: 'From Desk', lost: 'From Salesforce' },
  ]);
});

test('a field goes one way though its pair goes both', () => {
  const maps = standard.map((map) => ({ ...map, direction: 'salesforce-to-desk' as const }));
  assert.equal(decideCase({ maps, ...inDesk }).do, 'nothing');
  assert.deepEqual(written(decideCase({ maps, ...inSalesforce })), [{}, { subject: 'From Salesforce' }]);
  const made = decideCase({ maps, linked: false, base: null, salesforce: null });
  assert.deepEqual(made.do === 'createInSalesforce' && made.fields, {});
});

test('a value that the other side cannot say stays, is told with the reason, and told once', () => {
  const refuses = () => 'it is no number';
  const maps = standard.map((map) => (map.name === 'subject' ? { ...map, refuses } : map));
  const first = decideCase({ maps, ...inDesk });
  assert.deepEqual(first.do === 'update' && [first.toSalesforce, first.notCarried], [
    {},
    [{ field: 'subject', reason: 'it is no number' }],
  ]);
  const base = { ...baseOf(maps), desk: deskValues(maps, inDesk.desk) };
  assert.equal(decideCase({ maps, base, ...inDesk }).do, 'nothing');
});

test('a deletion takes the other case along only where the rule says so, and never a customer', () => {
  const gone = { salesforce: null };
  const deletes = (decision: Decision) => decision.do === 'unlink' && decision.deletes;
  assert.equal(deletes(decideCase(gone)), null);
  assert.equal(deletes(decideCase({ rule: { onDelete: 'delete' }, ...gone })), 'desk');
  assert.equal(deletes(decideCase({ rule: { onDelete: 'delete' }, desk: null })), 'salesforce');
  const oneWay = { onDelete: 'delete', direction: 'desk-to-salesforce' } as const;
  assert.equal(deletes(decideCase({ rule: oneWay, ...gone })), null);
  assert.equal(deletes(decideCase({ rule: { onDelete: 'delete' }, pair: 'customer', desk: null })), null);
  const survivor = { id: '500B', linked: true };
  assert.equal(
    deletes(decideCase({ rule: { onDelete: 'delete' }, ...gone, mergedInto: survivor })),
    null,
    'a merged record is no deleted one',
  );
});

/** The words of a desk, and priorities of it, the first of which is Low in Salesforce. */
const DESKS = [
  { vocabulary: DESK_VOCABULARY, priorities: [2, 8, 9] },
  { vocabulary: ZENDESK_VOCABULARY, priorities: ['low', 'high', 'urgent'] },
] as const;

type World = { salesforce: SalesforceRecord; desk: DeskCase; base: Base | null };
const word = fc.constantFrom('a', 'b', 'c');
const editsOf = (priorities: readonly DeskCase['priority'][]): fc.Arbitrary<(world: World) => World> =>
  fc.oneof(
    word.map((Subject) => (world: World) => ({ ...world, salesforce: { ...world.salesforce, Subject } })),
    word.map((subject) => (world: World) => ({ ...world, desk: { ...world.desk, subject } })),
    fc.constantFrom('High', 'Low').map((Priority) => (world: World) => ({
      ...world,
      salesforce: { ...world.salesforce, Priority },
    })),
    fc
      .constantFrom(...priorities)
      .map((priority) => (world: World) => ({ ...world, desk: { ...world.desk, priority } })),
  );
const rules: fc.Arbitrary<Rule> = fc.record({
  direction: fc.constantFrom(...DIRECTIONS),
  createInSalesforce: fc.boolean(),
  createInDesk: fc.boolean(),
  updateInSalesforce: fc.boolean(),
  updateInDesk: fc.boolean(),
  salesforceCondition: fc.constant(''),
  deskCondition: fc.constant(''),
  recordType: fc.constant(null),
  conflict: fc.constantFrom(...CONFLICT_RULES),
  onDelete: fc.constant('unlink' as const),
});

/** What is in the base after a round: what was held or pending stays as it was. */
function keep(values: Values, before: Values | undefined, open: readonly string[]): Values {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      if (!open.includes(name)) return [[name, value]];
      return before?.[name] === undefined ? [] : [[name, before[name]]];
    }),
  );
}
function applied(maps: readonly FieldMap[], world: World, decision: Decision): World {
  if (decision.do !== 'update' && decision.do !== 'nothing') return world;
  const toSalesforce = decision.do === 'update' ? decision.toSalesforce : {};
  const { subject, priority } = decision.do === 'update' ? decision.toDesk : {};
  const next = {
    salesforce: { ...world.salesforce, ...toSalesforce },
    desk: {
      ...world.desk,
      ...(subject === undefined ? {} : { subject }),
      ...(priority === undefined ? {} : { priority }),
    },
  };
  const base = {
    salesforce: keep(salesforceValues(maps, next.salesforce), world.base?.salesforce, decision.held),
    desk: keep(deskValues(maps, next.desk), world.base?.desk, decision.held),
  };
  return { ...next, base };
}

for (const { vocabulary, priorities } of DESKS)
  test(`under any rule, edits on both sides come to rest, and nothing crosses that may not, with ${vocabulary.title}`, () => {
    const maps = vocabulary.maps.case.filter(({ name }) => name !== 'customer');
    const start = { ...desk, priority: priorities[0] };
    const edit = editsOf(priorities);
    const steps = fc.array(
      fc.record({
        edits: fc.array(edit, { maxLength: 3 }),
        included: fc.record({ salesforce: fc.boolean(), desk: fc.boolean() }),
      }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(rules, steps, (rule, all) => {
        let world: World = { salesforce, desk: start, base: baseOf(maps, start) };
        for (const { edits, included } of all) {
          world = edits.reduce((current, one) => one(current), world);
          const allowed = mayUpdate(rule, included);
          for (let writes = 0; ; writes += 1) {
            assert.ok(writes <= 2, 'it still writes');
            const decision = decideCase({ maps, rule, included, ...world });
            if (decision.do === 'update') {
              assert.ok(allowed.toDesk || Object.keys(decision.toDesk).length === 0);
              assert.ok(allowed.toSalesforce || Object.keys(decision.toSalesforce).length === 0);
            }
            world = applied(maps, world, decision);
            if (decision.do !== 'update') break;
          }
        }
        // Once everything may cross, both sides are equal whatever was held before.
        const open = { ...rule, direction: 'two-way', updateInDesk: true, updateInSalesforce: true } as const;
        world = applied(maps, world, decideCase({ maps, rule: open, ...world }));
        assert.equal(world.salesforce['Subject'], world.desk.subject);
      }),
      { numRuns: 1_000 },
    );
  });
