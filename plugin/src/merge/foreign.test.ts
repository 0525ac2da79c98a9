import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { allow, disallow, missingAllowances } from './caseProcess.ts';
import { addToLayout, missingInLayout, removeFromLayout } from './layout.ts';
import { forOrg } from './permissionSet.ts';
import { displace, isPlaced, place } from './recordPage.ts';
import { mergeValues, missingValues, withoutValues } from './valueSet.ts';
import { parseXml } from './xml.ts';

// Files as other people's orgs and repositories have them: tabs, CRLF, comments, one line, encoded names, elements
// that this version does not know. DESKCONNECT_FOREIGN=<folder> adds all files of a project of one's own.
const NAMESPACE = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
const LAYOUT = `<?xml version="1.0" encoding="UTF-8"?>
<Layout ${NAMESPACE}>
\t<excludeButtons>Clone</excludeButtons>
\t<!-- agreed with Sales, 2019 -->
\t<layoutSections>
\t\t<customLabel>true</customLabel>
\t\t<layoutColumns>
\t\t\t<layoutItems><behavior>Readonly</behavior><field>CaseNumber</field></layoutItems>
\t\t\t<layoutItems><emptySpace>true</emptySpace></layoutItems>
\t\t</layoutColumns>
\t\t<layoutColumns/>
\t\t<style>TwoColumnsTopToBottom</style>
\t</layoutSections>
\t<layoutSections>
\t\t<layoutColumns/>
\t\t<style>CustomLinks</style>
\t</layoutSections>
\t<platformActionList><actionListContext>Record</actionListContext></platformActionList>
\t<relatedLists>
\t\t<fields>TASK.SUBJECT</fields>
\t\t<relatedList>RelatedActivityList</relatedList>
\t</relatedLists>
\t<showEmailCheckbox>false</showEmailCheckbox>
\t<somethingNewer a="1">&#8211; &amp; more</somethingNewer>
</Layout>
`;
const ONE_LINE = `<?xml version="1.0"?><Layout ${NAMESPACE}><layoutSections><layoutColumns><layoutItems><field>Subject</field></layoutItems></layoutColumns><style>OneColumn</style></layoutSections></Layout>`;
const EMPTY = `<Layout ${NAMESPACE}/>`;
const VALUES = `<?xml version="1.0" encoding="UTF-8"?>\r\n<StandardValueSet ${NAMESPACE}>\r\n    <groupingStringEnum>x</groupingStringEnum>\r\n    <sorted>true</sorted>\r\n    <standardValue>\r\n        <fullName>Neu &amp; offen</fullName>\r\n        <default>true</default>\r\n        <closed>false</closed>\r\n    </standardValue>\r\n</StandardValueSet>\r\n`;
const CASE = `<CustomObject ${NAMESPACE}>
    <businessProcesses>
        <fullName>Support</fullName>
        <description>Old &lt;one&gt;</description>
        <isActive>true</isActive>
        <values>
            <fullName>On Hold %2F Waiting</fullName>
            <default>true</default>
        </values>
    </businessProcesses>
    <businessProcesses>
        <fullName>Retired</fullName>
        <isActive>false</isActive>
        <values><fullName>New</fullName><default>true</default></values>
    </businessProcesses>
    <recordTypes>
        <fullName>Question</fullName>
        <active>true</active>
        <businessProcess>Support</businessProcess>
        <label>Question</label>
        <picklistValues>
            <picklist>Priority</picklist>
            <values><fullName>P1</fullName><default>true</default></values>
        </picklistValues>
        <picklistValues>
            <picklist>Reason</picklist>
            <values><fullName>Other</fullName><default>false</default></values>
        </picklistValues>
    </recordTypes>
</CustomObject>
`;
const PAGE = `<FlexiPage ${NAMESPACE}>
  <flexiPageRegions>
    <itemInstances><componentInstance><componentName>force:detailPanel</componentName></componentInstance></itemInstances>
    <name>main</name>
    <type>Region</type>
  </flexiPageRegions>
  <flexiPageRegions>
    <name>sidebar</name>
    <type>Region</type>
  </flexiPageRegions>
  <masterLabel>Page</masterLabel>
</FlexiPage>
`;

const folder = process.env['DESKCONNECT_FOREIGN'];
const foreign = (pattern: string) =>
  folder === undefined
    ? []
    : globSync(`**/${pattern}`, { cwd: folder }).map((path) => readFileSync(`${folder}/${path}`, 'utf8'));

/** Every character of the old text stands in the new one, in order, and the new one is well-formed. */
function assertOnlyAdded(before: string, after: string): void {
  parseXml(after);
  let rest = after;
  for (const line of before.split(/(?<=[>\n])|\s*(?=\/>)/).map((one) => one.trim().replace(/^\/>$/, ''))) {
    const at = rest.indexOf(line);
    assert.ok(at >= 0, `lost: ${line}`);
    rest = rest.slice(at + line.length);
  }
}

const LISTS = {
  relatedLists: [
    { name: 'RelatedCaseList', columns: ['CASES.STATUS'] },
    { name: 'Desk_Link__c.Case__c', columns: ['NAME'] },
  ],
  fields: ['Subject', 'Origin'],
};

test('a layout keeps every byte, gets what was asked for once, and gives it back', () => {
  for (const file of [LAYOUT, ONE_LINE, EMPTY, LAYOUT.replaceAll('\n', '\r\n'), ...foreign('*.layout*')]) {
    const missing = missingInLayout(file, LISTS);
    const merged = addToLayout(file, missing);
    assertOnlyAdded(file, merged);
    const left = missingInLayout(merged, LISTS);
    assert.deepEqual(left.relatedLists, []);
    assert.deepEqual(left.fields, []);
    const back = removeFromLayout(merged, missing);
    // A section that had to be made stays, empty, and so does a tag that had to be opened.
    if (file.includes('<layoutItems>') && !/<layoutColumns\/>[\s\S]*<layoutItems>/.test(file))
      assert.equal(back, file);
    else assert.deepEqual(missingInLayout(back, LISTS), missing);
  }
});

test('a value set keeps every byte and line end, and gives back what was added', () => {
  const wanted = [
    { fullName: 'Open', closed: false },
    { fullName: 'R&D', closed: false },
  ];
  for (const file of [VALUES, ...foreign('*.standardValueSet*')]) {
    const missing = missingValues(file, wanted);
    const merged = mergeValues(file, missing);
    assertOnlyAdded(file, merged);
    assert.deepEqual(missingValues(merged, wanted), []);
    if (file === VALUES) assert.ok(!/[^\r]\n/.test(merged), 'line ends stay as they are');
    const inactive = /<isActive>\s*false/.test(file);
    const names = missing.map((value) => value.fullName);
    if (!inactive) assert.equal(withoutValues(merged, names), file);
  }
});

test('support processes and record types keep every byte; what is inactive or says nothing is left alone', () => {
  const wanted = { status: ['New', 'Open'], priority: ['High', 'P1'] };
  const missing = missingAllowances(CASE, wanted);
  assert.deepEqual(
    missing.map(({ fullName, values }) => [fullName, ...values]),
    [
      ['Support', 'New', 'Open'],
      ['Question', 'High'],
    ],
  );
  const merged = allow(CASE, missing);
  assertOnlyAdded(CASE, merged);
  assert.deepEqual(missingAllowances(merged, wanted), []);
  assert.equal(disallow(merged, missing), CASE);
});

test('a record page keeps every byte, has the component in its sidebar, and gives it back', () => {
  for (const file of [PAGE, ...foreign('*.flexipage*')]) {
    if (isPlaced(file)) continue;
    const placed = place(file);
    if (placed === null) continue;
    assertOnlyAdded(file, placed);
    assert.ok(isPlaced(placed));
    assert.equal(displace(placed), file);
  }
});

test('a permission set of any shape stays well-formed when it is fitted to an org', () => {
  const traits = {
    personAccounts: true,
    platformEvents: false,
    customMetadata: false,
    recordTypes: ['Case.Question'],
    userPermissions: new Set<string>(),
  };
  const own = `<PermissionSet ${NAMESPACE}><label>A</label><objectPermissions><object>Case</object></objectPermissions><objectPermissions><object>X__e</object></objectPermissions><customMetadataTypeAccesses><enabled>true</enabled><name>X__mdt</name></customMetadataTypeAccesses><userPermissions><name>ApiEnabled</name></userPermissions></PermissionSet>`;
  for (const file of [own, ...foreign('*.permissionset*')]) parseXml(forOrg(file, traits));
  const fitted = forOrg(own, traits);
  assert.doesNotMatch(fitted, /X__e|X__mdt|ApiEnabled|PersonEmail/);
  assert.match(fitted, /<recordType>Case\.Question</);
});
