import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ONE_OF_EACH } from '../../bridge/src/core/config/allTypes.fixture.ts';
import { DESK_TYPES } from '../../bridge/src/core/config/describes.ts';
import { SALESFORCE_TYPES } from '../../bridge/src/core/config/fieldTypes.ts';
import { agreement } from '../../bridge/src/core/config/typeTable.ts';

/** What can be mapped; of the rest the page says a sentence. */
const TYPES = DESK_TYPES.filter((type) => type !== 'other');
const PAGE = new URL('../../docs/rules-and-mappings.md', import.meta.url);
const SIGNS = { both: '⇄', 'to-desk': '→', no: '' } as const;

/** What the field of that type is that stands for all of them. */
const FOOTNOTES: Readonly<Record<string, string>> = {
  Formula: 'by the type of its result; here a text',
  'Roll-Up Summary': 'here a whole number',
};

function rows(): string[][] {
  return SALESFORCE_TYPES.map((type) => {
    const outcomes = TYPES.map((desk) => agreement(ONE_OF_EACH[type], desk));
    const carried = outcomes.filter((one) => one.carried !== 'no');
    const losses = carried.map((one) => ('loss' in one ? one.loss : null)).filter((loss) => loss !== null);
    const reasons = outcomes.map((one) => (one.carried === 'no' ? one.reason : ''));
    const said = carried.length === 0 ? [reasons[0] ?? ''] : [FOOTNOTES[type] ?? '', ...new Set(losses)];
    return [type, ...outcomes.map(({ carried: way }) => SIGNS[way]), said.filter(Boolean).join('; ')];
  });
}

test('the table of types in the page on mappings is the one that mappings are checked by', () => {
  const page = readFileSync(PAGE, 'utf8');
  const [, table = ''] = /<!-- types -->([\s\S]*?)<!-- \/types -->/.exec(page) ?? [];
  const cells = table
    .trim()
    .split('\n')
    .slice(2)
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
  assert.deepEqual(cells, rows());
});
