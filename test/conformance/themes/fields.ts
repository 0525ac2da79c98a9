import assert from 'node:assert/strict';
import { PAIRS, type PairKind } from '../../../bridge/src/core/pair.ts';
import type { Value } from '../../../bridge/src/core/values.ts';
import { done, make, readOne, refusal } from '../acts.ts';
import type { KeptPromise } from '../promise.ts';
import type { NewField, Subject } from '../subject.ts';

type Sample = NewField & { readonly values: readonly [Value, Value]; readonly wrong?: Value };

/** The types that every desk has. */
const SAMPLES: readonly Sample[] = [
  { label: 'Words', type: 'string', values: ['Some words', 'Other words'] },
  { label: 'Number', type: 'integer', values: ['42', '-7'], wrong: 'seven' },
  { label: 'Yes or no', type: 'boolean', values: [true, false] },
  { label: 'Day', type: 'date', values: ['2026-01-05', '1999-12-31'], wrong: 'someday' },
  { label: 'Choice', type: 'list', choices: ['red', 'green'], values: ['red', 'green'], wrong: 'blue' },
];
const DECIMAL: Sample = { label: 'Price', type: 'decimal', values: ['12.5', '-0.25'], wrong: 'much' };
const SELECTION: Sample = {
  label: 'Colours',
  type: 'multi',
  choices: ['red', 'green', 'blue'],
  values: ['red;blue', 'green'],
  wrong: 'red;pink',
};

/** The custom fields that a desk has, and their values. */
export const FIELDS: readonly KeptPromise[] = [
  {
    title: 'custom fields are told with their type, their choices and whether they are in use',
    keep: async (subject) => {
      for (const pair of PAIRS) {
        const keys = await addFields(subject, pair, SAMPLES);
        const unused = await subject.people.addField(pair, {
          label: 'Unused',
          type: 'string',
          active: false,
        });
        const fields = await subject.desk.fields(pair);
        for (const [key, { label, type, choices = [] }] of keys) {
          const field = fields.find((one) => one.key === key);
          assert.deepEqual(field, { key, label, type, active: true, choices }, pair);
        }
        assert.equal(fields.find(({ key }) => key === unused)?.active, false, pair);
        assert.equal(fields.length, keys.size + 1, `${pair} has fields of others, or of the product itself`);
      }
    },
  },
  {
    title: 'those who ask for the fields at the same time share the requests',
    keep: async (subject) => {
      const cost = async (ask: () => Promise<unknown>) => {
        const before = subject.server.calls();
        await ask();
        return subject.server.calls() - before;
      };
      const once = await cost(() => subject.desk.fields('case'));
      assert.equal(await cost(() => Promise.all([1, 2, 3].map(() => subject.desk.fields('case')))), once);
      const added = await subject.people.addField('case', { label: 'Later', type: 'string' });
      assert.ok(
        (await subject.desk.fields('case')).some(({ key }) => key === added),
        'it is asked anew later',
      );
    },
  },
  {
    title: 'a custom field of each type holds what is written, null empties it, and the others stay',
    keep: async (subject) => holds(subject, SAMPLES),
  },
  {
    title: 'a custom field of a fraction holds it',
    needs: ['decimals'],
    keep: async (subject) => holds(subject, [DECIMAL]),
  },
  {
    title: 'a custom field of several choices holds those that are named, with ; between them',
    needs: ['selections'],
    keep: async (subject) => holds(subject, [SELECTION]),
  },
  {
    title: 'what a custom field does not take is refused as a validation, and nothing is changed',
    keep: async (subject) => refuses(subject, SAMPLES),
  },
  {
    title: 'what a custom field of a fraction does not take is refused',
    needs: ['decimals'],
    keep: async (subject) => refuses(subject, [DECIMAL]),
  },
  {
    title: 'a choice that a selection does not have is refused',
    needs: ['selections'],
    keep: async (subject) => refuses(subject, [SELECTION]),
  },
];

async function holds(subject: Subject, samples: readonly Sample[]): Promise<void> {
  for (const pair of PAIRS) {
    const keys = await addFields(subject, pair, samples);
    const first = Object.fromEntries([...keys].map(([key, { values }]) => [key, values[0]]));
    const { id } = await make(subject, pair, `With fields ${pair}`, { customFields: first });
    const held = async () => (await readOne(subject.again(), pair, id))?.customFields ?? {};
    for (const [key, { values }] of keys) assert.equal(said((await held())[key]), said(values[0]));
    for (const [key, { label, values }] of keys) {
      const before = await held();
      await write(subject, pair, id, { [key]: values[1] });
      const after = await held();
      assert.equal(said(after[key]), said(values[1]), `${pair}: ${label}`);
      assert.deepEqual({ ...after, [key]: null }, { ...before, [key]: null }, 'the others stay');
      await write(subject, pair, id, { [key]: null });
      // What can only be ticked or not is not ticked then, where a desk knows nothing between the two.
      const empty = (await held())[key] ?? null;
      assert.ok(
        empty === null || empty === false || empty === '',
        `${pair}: ${label} holds ${String(empty)}`,
      );
    }
  }
}

async function refuses(subject: Subject, samples: readonly Sample[]): Promise<void> {
  for (const pair of PAIRS) {
    const keys = await addFields(subject, pair, samples);
    const { id } = await make(subject, pair, `Strict ${pair}`);
    for (const [key, { label, wrong }] of keys) {
      if (wrong === undefined) continue;
      const changes = { ...subject.word[pair].change(`Wrong ${pair}`), customFields: { [key]: wrong } };
      const failure = refusal((await subject.desk.update(pair, [{ id, changes }]))[0]);
      assert.equal(failure.class, 'validation', `${pair}: ${label}`);
      assert.equal(subject.server.sees(pair, id)?.word, `Strict ${pair}`);
    }
  }
}

async function addFields(
  subject: Subject,
  pair: PairKind,
  samples: readonly Sample[],
): Promise<Map<string, Sample>> {
  const keys = new Map<string, Sample>();
  for (const sample of samples) {
    const { label, type, choices } = sample;
    keys.set(await subject.people.addField(pair, { label, type, ...(choices ? { choices } : {}) }), sample);
  }
  return keys;
}

/** In the desk's own form: a number may be text, and a day may have a time. */
const said = (value: Value | undefined) => String(value).replace(/T00:00:00(?:Z|\+00:00)$/, '');

async function write(
  { desk }: Subject,
  pair: PairKind,
  id: string,
  customFields: Readonly<Record<string, Value>>,
): Promise<void> {
  done((await desk.update(pair, [{ id, changes: { customFields } }]))[0]);
}
