import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Connection, Field } from '@jsforce/jsforce-node';
import { startOrg, type LocalOrg } from '../org/startOrg.ts';
import { deployTo } from '../support/deployTo.ts';
import { accessXml, fieldXml, partsXml } from '../support/fieldFiles.ts';
import { assign } from '../support/preparedOrg.ts';
import { clientOf } from '../support/clientOf.ts';

let local: LocalOrg;
let admin: Connection;
const digits = (precision: number, scale: number) => ({ precision, scale });
const EDITABLE = [
  fieldXml('Text__c', 'Text', { length: 40 }),
  fieldXml('Area__c', 'TextArea'),
  fieldXml('Long__c', 'LongTextArea', { length: 1_000, visibleLines: 3 }),
  fieldXml('Rich__c', 'Html', { length: 1_000, visibleLines: 3 }),
  fieldXml('Secret__c', 'EncryptedText', { length: 50, maskChar: 'asterisk', maskType: 'all' }),
  fieldXml('Number__c', 'Number', digits(5, 2)),
  fieldXml('Money__c', 'Currency', digits(18, 2)),
  fieldXml('Share__c', 'Percent', digits(5, 1)),
  fieldXml('Box__c', 'Checkbox', { defaultValue: false }),
  fieldXml('Day__c', 'Date'),
  fieldXml('Moment__c', 'DateTime'),
  fieldXml('Clock__c', 'Time'),
  fieldXml('One__c', 'Picklist', {}, ['a', 'b']),
  fieldXml('Many__c', 'MultiselectPicklist', { visibleLines: 3 }, ['C', 'A', 'B']),
  fieldXml('Mail__c', 'Email'),
  fieldXml('Call__c', 'Phone'),
  fieldXml('Page__c', 'Url'),
  fieldXml('Place__c', 'Location', { scale: 4, displayLocationInDecimal: true }),
];
const READABLE = [
  fieldXml('Count__c', 'AutoNumber', { displayFormat: 'N-{000}' }),
  fieldXml('Words__c', 'Text', { formula: '"To " &amp; Name &amp; ": " &amp; Text__c' }),
  fieldXml('Same__c', 'Number', { formula: 'Number__c', scale: 2 }),
  fieldXml('Yes__c', 'Checkbox', { formula: 'Box__c' }),
  fieldXml('When__c', 'Date', { formula: 'Day__c' }),
];
const nameIn = (xml: string) => /<fullName>(\w+)</.exec(xml)?.[1] ?? '';
const grants = (fields: readonly string[]) => fields.map((xml) => `Account.${nameIn(xml)}`);
let fields: Map<string, Field>;
const described = (name: string) => fields.get(name) ?? assert.fail(name);
const problems = (...xml: string[]) => deployTo(admin, { 'objects/Account.object': partsXml(...xml) });
async function create(values: Readonly<Record<string, unknown>>): Promise<string> {
  try {
    return (await admin.sobject('Account').create({ Name: 'Acme', ...values })).id ?? '';
  } catch (error) {
    return (error as { errorCode?: string }).errorCode ?? String(error);
  }
}
async function readBack(values: Readonly<Record<string, unknown>>): Promise<unknown[]> {
  const row = await admin.sobject('Account').retrieve(await create(values));
  return Object.keys(values).map((name) => row[name]);
}

before(async () => {
  local = await startOrg();
  admin = clientOf(local);
  const files = {
    'objects/Account.object': partsXml(...EDITABLE, ...READABLE),
    'permissionsets/Fields.permissionset': accessXml(grants(EDITABLE), grants(READABLE)),
  };
  assert.deepEqual(await deployTo(admin, files), []);
  assign(local.org, 'Fields', local.org.userId(local.username));
  fields = new Map((await admin.describe('Account')).fields.map((field) => [field.name, field]));
});
after(() => local.close());

test('describe tells each type as Salesforce does', () => {
  const types = [...EDITABLE, ...READABLE].map(nameIn).map((name) => `${name} ${described(name).type}`);
  assert.deepEqual(types, [
    'Text__c string',
    'Area__c textarea',
    'Long__c textarea',
    'Rich__c textarea',
    'Secret__c encryptedstring',
    'Number__c double',
    'Money__c currency',
    'Share__c percent',
    'Box__c boolean',
    'Day__c date',
    'Moment__c datetime',
    'Clock__c time',
    'One__c picklist',
    'Many__c multipicklist',
    'Mail__c email',
    'Call__c phone',
    'Page__c url',
    'Place__c location',
    'Count__c string',
    'Words__c string',
    'Same__c double',
    'Yes__c boolean',
    'When__c date',
  ]);
});

test('describe tells what is worked out, what is rich text, and what is a part of something', () => {
  const { calculated, calculatedFormula, createable, length } = described('Words__c');
  assert.deepEqual(
    [calculated, calculatedFormula, createable, length],
    [true, '"To " & Name & ": " & Text__c', false, 1_300],
  );
  assert.deepEqual([described('Count__c').autoNumber, described('Count__c').createable], [true, false]);
  assert.deepEqual(
    [described('Rich__c').htmlFormatted, described('Rich__c').extraTypeInfo],
    [true, 'richtextarea'],
  );
  assert.deepEqual(
    [described('Long__c').htmlFormatted, described('Long__c').extraTypeInfo],
    [false, 'plaintextarea'],
  );
  const latitude = described('Place__Latitude__s');
  assert.deepEqual(
    [latitude.type, latitude.compoundFieldName, latitude.updateable, latitude.scale],
    ['double', 'Place__c', true, 4],
  );
  assert.equal(described('Place__c').updateable, false);
  assert.deepEqual([described('Number__c').precision, described('Number__c').scale], [5, 2]);
  assert.deepEqual(
    described('Many__c').picklistValues?.map(({ value }) => value),
    ['C', 'A', 'B'],
  );
});

test('a multi-select keeps its values in the order of the picklist, and SOQL asks what it includes', async () => {
  assert.deepEqual(await readBack({ Many__c: 'B;C;B' }), ['C;B']);
  await create({ Many__c: 'A' });
  const found = async (where: string) =>
    (await admin.query(`SELECT Id FROM Account WHERE Many__c ${where}`)).totalSize;
  assert.equal(await found("INCLUDES ('C;B')"), 1);
  assert.equal(await found("INCLUDES ('A', 'B')"), 2);
  assert.equal(await found("= 'C;B'"), 1);
  assert.equal(await found("EXCLUDES ('B') AND Many__c != null"), 1);
  assert.equal(await create({ Many__c: 'A;X' }), 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST');
  await assert.rejects(async () => {
    await admin.query("SELECT Id FROM Account WHERE One__c INCLUDES ('a')");
  }, /INVALID_FIELD/);
});

test('a number keeps its digits: too many before the point are refused, those behind it are rounded', async () => {
  assert.deepEqual(
    await readBack({ Number__c: 999.99, Share__c: 12.34, Money__c: 1.005 }),
    [999.99, 12.3, 1.01],
  );
  assert.equal(await create({ Number__c: 1_000 }), 'NUMBER_OUTSIDE_VALID_RANGE');
  assert.equal(await create({ Number__c: 999.999 }), 'NUMBER_OUTSIDE_VALID_RANGE');
  assert.equal(await create({ Number__c: 'many' }), 'JSON_PARSER_ERROR');
  assert.equal(await create({ Number__c: true }), 'JSON_PARSER_ERROR');
});

test('dates and times have their forms', async () => {
  const given = { Day__c: '2024-02-29', Moment__c: '2024-02-29T10:00:00+02:00', Clock__c: '07:05:00.5Z' };
  assert.deepEqual(await readBack(given), ['2024-02-29', '2024-02-29T08:00:00.000+0000', '07:05:00.500Z']);
  for (const wrong of [
    { Day__c: '2023-02-29' },
    { Day__c: '29.02.2024' },
    { Day__c: '2024-02-29T00:00:00Z' },
    { Moment__c: '2024-02-29' },
    { Moment__c: '2024-02-29T10:00:00' },
    { Clock__c: '24:00:00' },
  ])
    assert.equal(await create(wrong), 'JSON_PARSER_ERROR', JSON.stringify(wrong));
  assert.equal(await create({ Mail__c: 'nobody' }), 'INVALID_EMAIL_ADDRESS');
});

test('SOQL compares a field only with what it holds', async () => {
  const refused = async (where: string) => {
    try {
      await admin.query(`SELECT Id FROM Account WHERE ${where}`);
      return 'no error';
    } catch (error) {
      return (error as { errorCode?: string }).errorCode;
    }
  };
  for (const where of [
    "Number__c = '1'",
    'Text__c = 1',
    'Box__c = 1',
    "Box__c = 'true'",
    'Day__c = 2024-01-01T00:00:00Z',
    'Moment__c > 2024-01-01',
    "Secret__c = 'x'",
    "Long__c = 'x'",
  ])
    assert.equal(await refused(where), 'INVALID_FIELD', where);
  assert.equal(await refused("OwnerId = 'me'"), 'INVALID_QUERY_FILTER_OPERATOR');
  assert.equal(await refused('Day__c = TODAY AND Moment__c = LAST_N_DAYS:3 AND Text__c != null'), 'no error');
});

test('formulas follow the fields that they name; what is not worked out here is refused when it is deployed', async () => {
  const id = await create({ Text__c: 'hello', Number__c: 2.5, Box__c: true, Day__c: '2024-01-02' });
  const read = async () => {
    const [row] = (
      await admin.query(`SELECT Words__c, Same__c, Yes__c, When__c FROM Account WHERE Id = '${id}'`)
    ).records;
    return [row?.['Words__c'], row?.['Same__c'], row?.['Yes__c'], row?.['When__c']];
  };
  assert.deepEqual(await read(), ['To Acme: hello', 2.5, true, '2024-01-02']);
  await admin.sobject('Account').update({ Id: id, Text__c: null });
  assert.equal((await read())[0], 'To Acme: ');
  const found = await admin.query("SELECT Id FROM Account WHERE Words__c = 'To Acme: '");
  assert.ok(found.totalSize > 0);
  assert.equal(await create({ Words__c: 'x' }), 'INVALID_FIELD_FOR_INSERT_UPDATE');
  const formula = (source: string) => problems(fieldXml('New__c', 'Text', { formula: source }));
  assert.match((await formula('IF(Box__c, "a", "b")')).join(), /Syntax error.*IF\(Box__c/);
  assert.match((await formula('Nothing__c')).join(), /Nothing__c does not exist/);
  assert.match((await formula('Number__c')).join(), /data type \(Number\), incompatible .*\(Text\)/);
  assert.match((await formula('One__c')).join(), /is a picklist field/);
});

test('a place has both numbers or neither', async () => {
  const id = await create({ Place__Latitude__s: 47.3769, Place__Longitude__s: 8.5417 });
  const [row] = (await admin.query(`SELECT Place__c FROM Account WHERE Id = '${id}'`)).records;
  assert.deepEqual(row?.['Place__c'], { latitude: 47.3769, longitude: 8.5417 });
  assert.equal(await create({ Place__Latitude__s: 1 }), 'FIELD_INTEGRITY_EXCEPTION');
  assert.equal(
    await create({ Place__Latitude__s: 91, Place__Longitude__s: 0 }),
    'NUMBER_OUTSIDE_VALID_RANGE',
  );
  assert.equal(await create({ Place__c: 'here' }), 'INVALID_FIELD_FOR_INSERT_UPDATE');
});

test('an encrypted text is masked but for those who may see it', async () => {
  assert.deepEqual(await readBack({ Secret__c: 'abc' }), ['***']);
});

test('a field is deployed only with what its type needs', async () => {
  assert.match((await problems(fieldXml('New__c', 'Number'))).join(), /missing: precision/);
  assert.match((await problems(fieldXml('New__c', 'Number', digits(19, 0)))).join(), /at most 18 digits/);
  assert.match(
    (await problems(fieldXml('New__c', 'Text', { length: 256 }))).join(),
    /maximum for length is 255/,
  );
  assert.match((await problems(fieldXml('New__c', 'EncryptedText', { length: 9 }))).join(), /missing: mask/);
  assert.match((await problems(fieldXml('New__c', 'Summary'))).join(), /missing: summaryOperation/);
  assert.match((await problems(fieldXml('New__c', 'Ink'))).join(), /not a valid value for the enum/);
  assert.match(
    (await problems(fieldXml('New__c', 'MasterDetail', { referenceTo: 'Contact' }))).join(),
    /cannot be the detail/,
  );
});
