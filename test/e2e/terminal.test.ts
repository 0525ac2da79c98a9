import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { startOrg, type LocalOrg } from '../org/startOrg.ts';
import { createSf, type Sf } from '../support/sf.ts';

const skipped =
  spawnSync('script', ['--version']).status === 0 ? {} : { skip: 'script is not on this machine' };
/** Codes that colour what follows, or make it bold. */
const COLOURS = new RegExp(`${String.fromCodePoint(27)}\\[[\\d;]*m`);
let local: LocalOrg;
let sf: Sf;
let file: string;

before(async () => {
  local = await startOrg();
  sf = createSf();
  await sf.login(local, 'local');
  await sf.linkPlugin();
  file = join(sf.home, 'desk-connect.yaml');
  writeFileSync(
    file,
    `version: 1
rules:
  case:
    direction: salesforce-to-desk
    conflict: newest
    salesforceCondition: "Priority = 'High' AND (Status = 'New' OR Account.Industry = 'Banking')"
mappings:
  - { pair: case, salesforce: Product_Family_And_Release__c, desk: custom_fields.product_family, direction: salesforce-to-desk, owner: salesforce }
`,
  );
});
after(async () => {
  sf.close();
  await local.close();
});

/** The lines as people see them, once each has been drawn for the last time. */
const linesOf = (output: string) =>
  stripVTControlCharacters(output)
    .split('\n')
    .map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));

/** The cells of a table, those that go on in the next line put together. */
function cellsOf(output: string): string[] {
  const rows: string[][] = [];
  for (const line of linesOf(output).filter((one) => one.startsWith('│'))) {
    const cells = line
      .split('│')
      .slice(1, -1)
      .map((cell) => cell.trim());
    const before = rows.at(-1);
    if (cells[0] === '' && before) rows[rows.length - 1] = before.map((cell, n) => cell + (cells[n] ?? ''));
    else rows.push(cells);
  }
  return rows.flat();
}

test('tables and lines fit a terminal of 80 columns, and nothing of them is cut off', skipped, async () => {
  const shown = await Promise.all([
    sf.inTerminal(['deskconnect', 'mapping', 'list', '--file', file]),
    sf.inTerminal(['deskconnect', 'rule', 'list', '--file', file]),
    sf.inTerminal(['deskconnect', 'doctor', '--target-org', 'local', '--verbose']),
  ]);
  const [mappings, rules, doctor] = shown;
  for (const { stdout } of shown) {
    assert.match(stdout, COLOURS);
    for (const line of linesOf(stdout)) {
      assert.ok(line.length <= 80, line);
      assert.ok(!line.includes('…'), line);
    }
  }
  for (const whole of ['phone_numbers.mobile', 'Product_Family_And_Release__c', 'added, salesforce wins'])
    assert.ok(cellsOf(mappings.stdout).includes(whole), whole);
  assert.match(linesOf(rules.stdout).join('\n'), /customer +│ create, update +│ create, update/);
  assert.match(linesOf(rules.stdout).join('\n'), /case +│ nothing +│ create, update +│ newest/);
  assert.ok(doctor.stdout.includes('\u001B[31m✖\u001B[39m The object Desk Link'));
});

test('whoever wants no colours, or has no terminal, gets none', skipped, async () => {
  const doctor = ['deskconnect', 'doctor', '--target-org', 'local'];
  const [unwanted, piped] = await Promise.all([sf.inTerminal(doctor, { NO_COLOR: '1' }), sf.run(doctor)]);
  for (const { stdout } of [unwanted, piped]) assert.doesNotMatch(stdout, COLOURS);
  assert.match(unwanted.stdout, /✖ The object Desk Link/);
  // One line each, for whoever searches a log.
  assert.match(
    piped.stdout,
    /^ {2}✖ The types of the rules and field mappings: .*Desk_Value__mdt is missing$/m,
  );
});
