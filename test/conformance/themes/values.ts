import assert from 'node:assert/strict';
import { PAIRS, type PairKind } from '../../../bridge/src/core/pair.ts';
import type { DeskField } from '../../../bridge/src/core/config/deskField.ts';
import type { DeskDraft } from '../../../bridge/src/core/fieldMap.ts';
import type { Value } from '../../../bridge/src/core/values.ts';
import type { DeskRecord, TypedValue } from '../../../bridge/src/ports/helpDesk.ts';
import { done, make, newOf, readOne } from '../acts.ts';
import type { KeptPromise } from '../promise.ts';
import type { Subject } from '../subject.ts';

/** The fields that every such desk has hold what is written into them. */
export const VALUES: readonly KeptPromise[] = [
  {
    title: 'an update answers with the record as it is then, and nothing else of it is touched',
    keep: async (subject) => {
      for (const pair of PAIRS) {
        const made = await make(subject, pair, `Full ${pair}`, full(subject, pair));
        const before = valuesOf(subject, pair, made);
        const named = subject.word[pair].change(`Changed ${pair}`);
        const [written] = await subject.desk.update(pair, [{ id: made.id, changes: named }]);
        assert.equal(subject.word[pair].of(done(written)), `Changed ${pair}`);
        const after = await readOne(subject.again(), pair, made.id);
        assert.ok(after);
        assert.equal(subject.server.sees(pair, made.id)?.word, `Changed ${pair}`);
        const changed = Object.keys(before).filter(
          (name) => before[name] !== valuesOf(subject, pair, after)[name],
        );
        assert.ok(changed.length <= 1, `${pair}: ${changed.join(', ')} changed as well`);
      }
    },
  },
  {
    title: 'every text that can be mapped holds what is written, and null empties it',
    keep: async (subject) => {
      for (const pair of PAIRS)
        for (const field of texts(subject, pair)) {
          const made = await make(subject, pair, `Text ${field.name}`);
          const value = textFor(field);
          const held = await writeField(subject, pair, made, field, value);
          assert.equal(held, value, field.name);
          assert.ok(
            subject.server.sees(pair, made.id)?.whole.includes(value),
            `${field.name} is not on the server`,
          );
          if (field.required === true || isAddress(field)) continue;
          const left = await writeField(subject, pair, made, field, null);
          assert.ok(left === null || left === '', `${field.name} holds ${JSON.stringify(left)} after null`);
        }
    },
  },
  {
    title: 'a value of a list is held or refused, and never becomes another one',
    keep: async (subject) => {
      for (const pair of PAIRS)
        for (const field of subject.desk.vocabulary.fields[pair]) {
          if (field.type !== 'list' || field.createOnly === true || field.readOnly === true) continue;
          for (const choice of field.choices) {
            await madeWith(subject, pair, field, choice);
            const made = await make(subject, pair, `List ${field.name} ${choice}`);
            const draft: DeskDraft = {};
            const fitting = field.fitting?.(choice, field.read(made)) ?? choice;
            field.write(draft, fitting, made);
            const [written] = await subject.desk.update(pair, [{ id: made.id, changes: draft }]);
            const now = await readOne(subject.again(), pair, made.id);
            assert.ok(now);
            const expected = written?.outcome === 'done' ? fitting : field.read(made);
            assert.equal(String(field.read(now)), String(expected), `${field.name}: ${choice}`);
          }
        }
    },
  },
  {
    title: 'what is said in any script and with any sign is held as it is',
    keep: async (subject) => {
      const text = 'Zoë & 漢字 🙂 <b>"quoted"</b> \\ 100 % {{ticket.id}}';
      for (const pair of PAIRS) {
        const made = await make(subject, pair, `${pair} ${text}`);
        const read = await readOne(subject.again(), pair, made.id);
        assert.equal(read && subject.word[pair].of(read), `${pair} ${text}`);
        assert.equal(subject.server.sees(pair, made.id)?.word, `${pair} ${text}`);
      }
    },
  },
  {
    title: 'e-mail addresses that are written replace those that were there',
    keep: async (subject) => {
      const address = (value: string): TypedValue[] => [{ type: 'work', value }];
      const made = await make(subject, 'customer', 'Addressed', { emails: address('first@kit.test') });
      const changes = { emails: address('second@kit.test') };
      const [written] = await subject.desk.update('customer', [{ id: made.id, changes }]);
      done(written);
      const read = await readOne(subject.again(), 'customer', made.id);
      assert.ok(read?.pair === 'customer');
      assert.deepEqual(
        read.emails.map(({ value }) => value),
        ['second@kit.test'],
      );
    },
  },
  {
    title: 'the only e-mail address of a customer is taken away',
    keep: async (subject) => {
      const emails = [{ type: 'work', value: 'only@kit.test' }];
      const { id } = await make(subject, 'customer', 'Addressed once', { emails });
      done((await subject.desk.update('customer', [{ id, changes: { emails: [] } }]))[0]);
      const read = await readOne(subject.again(), 'customer', id);
      assert.deepEqual(read?.pair === 'customer' && read.emails, []);
    },
  },
  {
    title: 'a customer is of the company that is written, and of none after null',
    keep: async (subject) => {
      const [first, second] = [await make(subject, 'company', 'One'), await make(subject, 'company', 'Two')];
      const made = await make(subject, 'customer', 'Employee', { companyId: first.id });
      assert.equal(subject.server.sees('customer', made.id)?.parentId, first.id);
      for (const companyId of [second.id, null]) {
        const [written] = await subject.desk.update('customer', [{ id: made.id, changes: { companyId } }]);
        const record = done(written);
        assert.equal(record.pair === 'customer' && record.companyId, companyId);
        assert.equal(subject.server.sees('customer', made.id)?.parentId, companyId);
      }
    },
  },
  {
    title: 'a case is of the customer that is written',
    keep: async (subject) => {
      const other = await make(subject, 'customer', 'Other');
      const made = await make(subject, 'case', 'Handed on');
      const changes = { customerId: other.id };
      const [written] = await subject.desk.update('case', [{ id: made.id, changes }]);
      const record = done(written);
      assert.equal(record.pair === 'case' && record.customerId, other.id);
      assert.equal(subject.server.sees('case', made.id)?.parentId, other.id);
    },
  },
];

/** Texts of the desk that can be written at any time, one by one. */
const texts = ({ desk }: Subject, pair: PairKind): readonly DeskField[] =>
  desk.vocabulary.fields[pair].filter(
    ({ type, createOnly, readOnly, inList }) => type === 'string' && !createOnly && !readOnly && !inList,
  );

/** A value for each text. */
function full(subject: Subject, pair: PairKind): DeskDraft {
  const draft: DeskDraft = {};
  for (const field of texts(subject, pair)) field.write(draft, textFor(field), null);
  return draft;
}

/** Takes e-mail addresses alone. */
const isAddress = ({ refuses }: DeskField) => (refuses?.('no address') ?? null) !== null;

/** A text that is the field's alone. */
function textFor(field: DeskField): string {
  const text = `x${field.name.replaceAll(/\W/g, '').slice(0, 12)}17`;
  return isAddress(field) ? `${text}@kit.test` : text;
}

function valuesOf({ desk }: Subject, pair: PairKind, record: DeskRecord): Record<string, Value> {
  return Object.fromEntries(desk.vocabulary.fields[pair].map((field) => [field.name, field.read(record)]));
}

/** A value that a new record has from the beginning. */
async function madeWith(subject: Subject, pair: PairKind, field: DeskField, choice: string): Promise<void> {
  const draft: DeskDraft = {};
  field.write(draft, choice, null);
  const changes = await newOf(subject, pair, `Made as ${field.name} ${choice}`, draft);
  const [written] = await subject.desk.create(pair, [{ changes, again: false }]);
  if (written?.outcome === 'refused') assert.equal(written.failure.class, 'validation');
  else assert.equal(String(field.read(done(written))), choice, `made with ${field.name}: ${choice}`);
}

async function writeField(
  { desk, again }: Subject,
  pair: PairKind,
  made: DeskRecord,
  field: DeskField,
  value: Value,
): Promise<Value> {
  const draft: DeskDraft = {};
  field.write(draft, value, await readOne(desk, pair, made.id));
  const [written] = await desk.update(pair, [{ id: made.id, changes: draft }]);
  done(written);
  const read = await readOne(again(), pair, made.id);
  assert.ok(read);
  return field.read(read);
}
