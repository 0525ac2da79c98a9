import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { waitFor } from '../support/waitFor.ts';
import { createAnyWorld, type AnyWorld } from '../support/world.ts';

let world: AnyWorld;
let caseId: string;
let deskId: string;

before(async () => {
  world = await createAnyWorld();
  await world.startBridge();
  const contact = await world.salesforce
    .sobject('Contact')
    .create({ LastName: 'Noether', Email: 'emmy@ring.test' });
  const created = await world.salesforce
    .sobject('Case')
    .create({ Subject: 'Symmetry', ContactId: contact.id, Status: 'Open' });
  caseId = created.id ?? '';
  deskId = (await waitFor('the case in Desk', () => inDesk())).id;
});
after(() => world.close());

const inDesk = () => world.side.held.cases().find((one) => one.externalId === caseId);
const notes = () => inDesk()?.notes ?? [];
async function comments(): Promise<string[]> {
  const { records } = await world.salesforce.query<{ CommentBody: string }>(
    `SELECT CommentBody FROM CaseComment WHERE ParentId = '${caseId}' AND IsPublished = false ORDER BY CreatedDate, Id`,
  );
  return records.map((row) => row.CommentBody);
}
/** Something that goes through after everything before it: what was to be seen by then, was seen. */
async function settled(): Promise<void> {
  const title = `Settled ${notes().length} ${(await comments()).length}`;
  await world.salesforce.sobject('Case').update({ Id: caseId, Subject: title });
  await waitFor('a later change', () => inDesk()?.subject === title);
}

test('an internal comment becomes a note, and a note an internal comment, once', async () => {
  await world.salesforce
    .sobject('CaseComment')
    .create({ ParentId: caseId, CommentBody: 'Look at the invariants.', IsPublished: false });
  await waitFor('the note', () => notes().includes('Look at the invariants.'));
  await world.side.people.note(deskId, 'Done so.');
  await waitFor('the comment', async () => (await comments()).includes('Done so.'));
  await settled();
  assert.deepEqual(notes(), ['Look at the invariants.', 'Done so.']);
  assert.deepEqual(await comments(), ['Look at the invariants.', 'Done so.']);
});

test('a note too long for a comment comes in numbered parts', async () => {
  const long = Array.from({ length: 900 }, (_, index) => `word${index}`).join(' ');
  await world.side.people.note(deskId, long);
  await waitFor(
    'both parts',
    async () => (await comments()).filter((text) => /^\(\d\/2\) /.test(text)).length === 2,
  );
  await settled();
  assert.equal(notes().length, 3, 'the parts do not come back as notes');
});

test('a comment that customers see is not copied into the internal notes', async () => {
  await world.salesforce
    .sobject('CaseComment')
    .create({ ParentId: caseId, CommentBody: 'Dear customer', IsPublished: true });
  await settled();
  assert.ok(!notes().includes('Dear customer'));
});

test('an answer that is lost after a note was made makes no second one', async () => {
  let struck = false;
  world.side.faults.add({
    match: world.side.requests.note,
    action: 'dropAfter',
    onStrike: () => {
      struck = true;
    },
  });
  await world.salesforce
    .sobject('CaseComment')
    .create({ ParentId: caseId, CommentBody: 'Only once.', IsPublished: false });
  await waitFor('the lost answer', () => struck);
  await waitFor('the link of the note', async () => {
    const { totalSize } = await world.salesforce.query(
      `SELECT Id FROM Desk_Link__c WHERE Pair__c = 'note' AND Case__c = '${caseId}'`,
    );
    return totalSize === 5;
  });
  await settled();
  assert.equal(notes().filter((note) => note === 'Only once.').length, 1);
});
