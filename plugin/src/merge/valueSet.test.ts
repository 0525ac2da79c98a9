import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mergeValues, missingValues } from './valueSet.ts';

const FILE = `<?xml version="1.0" encoding="UTF-8"?>
<StandardValueSet xmlns="http://soap.sforce.com/2006/04/metadata">
    <sorted>false</sorted>
    <standardValue>
        <fullName>New</fullName>
        <default>true</default>
        <label>New</label>
        <closed>false</closed>
    </standardValue>
    <!-- kept by hand -->
    <standardValue>
        <fullName>Pending</fullName>
        <isActive>false</isActive>
        <default>false</default>
        <label>Wartend &amp; offen</label>
        <closed>false</closed>
        <somethingNewer>yes</somethingNewer>
    </standardValue>
    <standardValue>
        <fullName>Closed</fullName>
        <default>false</default>
        <label>Closed</label>
        <closed>true</closed>
    </standardValue>
</StandardValueSet>
`;

test('a value that is inactive counts as missing', () => {
  const wanted = [{ fullName: 'New' }, { fullName: 'Pending' }, { fullName: 'Open', closed: false }];
  assert.deepEqual(
    missingValues(FILE, wanted).map((value) => value.fullName),
    ['Pending', 'Open'],
  );
});

test('what was in the file comes back byte for byte, with the new value after the last', () => {
  const merged = mergeValues(FILE, [{ fullName: 'Open', closed: false }]);
  const added = `
    <standardValue>
        <fullName>Open</fullName>
        <default>false</default>
        <label>Open</label>
        <closed>false</closed>
    </standardValue>`;
  assert.ok(merged.includes(added));
  assert.equal(merged.replace(added, ''), FILE);
});

test('an inactive value becomes active where it stands, and keeps all else that it has', () => {
  const merged = mergeValues(FILE, [{ fullName: 'Pending', closed: false }]);
  assert.equal(merged, FILE.replace('<isActive>false</isActive>', '<isActive>true</isActive>'));
});

test('nothing to add leaves the file as it is', () => {
  assert.equal(mergeValues(FILE, []), FILE);
});

test('a set without values takes the first one', () => {
  const empty =
    '<StandardValueSet xmlns="http://soap.sforce.com/2006/04/metadata">\n    <sorted>false</sorted>\n</StandardValueSet>\n';
  assert.deepEqual(missingValues(mergeValues(empty, [{ fullName: 'High' }]), [{ fullName: 'High' }]), []);
});
