import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contains, differences } from './contains.ts';
import { parseXml } from './xml.ts';

const inOrg = (present: string, wanted: string) => contains(parseXml(present), parseXml(wanted));

test('defaults that Salesforce adds and its own order make no difference', () => {
  const wanted = '<X><label>A</label><fields><fullName>F</fullName><type>Text</type></fields></X>';
  const present =
    '<X><fields><externalId>false</externalId><type>Text</type><fullName>F</fullName></fields><fields><fullName>G</fullName></fields><label>A</label></X>';
  assert.ok(inOrg(present, wanted));
});

test('a value that differs, or a part that is missing, is not in place', () => {
  assert.ok(!inOrg('<X><label>B</label></X>', '<X><label>A</label></X>'));
  assert.ok(
    !inOrg(
      '<X><fields><fullName>G</fullName></fields></X>',
      '<X><fields><fullName>F</fullName></fields></X>',
    ),
  );
});

test('the parts of one element must be together: two halves do not make a whole', () => {
  const present =
    '<X><p><object>A</object><allow>false</allow></p><p><object>B</object><allow>true</allow></p></X>';
  assert.ok(!inOrg(present, '<X><p><object>A</object><allow>true</allow></p></X>'));
});

test('a file that is not well-formed is refused', () => {
  assert.throws(() => parseXml('<X><label>A</X>'));
});

test('what differs is told with old and new, and parts by what they are called', () => {
  const present = parseXml(
    '<X><label>Old</label><fields><fullName>F</fullName><length>5</length></fields></X>',
  );
  const wanted = parseXml(
    '<X><label>New</label><fields><fullName>F</fullName><length>9</length></fields></X>',
  );
  assert.deepEqual(differences(present, wanted), ['label: Old → New', 'fields F']);
});
