import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { differences } from '../support/oracle.ts';
import { randomFrom } from '../support/random.ts';
import { waitFor } from '../support/waitFor.ts';
import { createWorld, type World } from '../support/world.ts';
import { startLoad, type Load } from './load.ts';

let world: World;
let load: Load;

before(async () => {
  world = await createWorld();
  load = startLoad(world, randomFrom(1));
  await load.begin();
  await world.startBridge({ DESKCONNECT_START: 'everything' });
  await areEqual();
  await load.some(20);
  await areEqual();
});
after(() => world.close());

const judged = () => load.ledger.judge(world);
const problems = () => [...Object.values(judged()).flat(), ...differences(world)];
const areEqual = () => waitFor('both sides to be equal', () => problems().length === 0);
const rows = (object: string) => world.org.org.records.rows(object);

/** Takes the first row for which it is so out of a table, for as long as the work takes. */
function without(
  object: string,
  isIt: (row: Readonly<Record<string, unknown>>) => boolean,
  work: () => void,
): void {
  const row = [...rows(object).values()].find(isIt) ?? assert.fail();
  rows(object).delete(row.Id);
  work();
  rows(object).set(row.Id, row);
}

test('what is lost on one side is told', () => {
  without(
    'Contact',
    (row) => row['LastName'] === 'Contact-6',
    () => {
      assert.match(judged().lost.join(), /customer "Contact-6" is not in Salesforce/);
      assert.ok(differences(world).length > 0);
    },
  );
  assert.deepEqual(problems(), []);
});

test('what is lost on both sides is told, though both are equal', () => {
  const { companies } = world.desk.state.tables;
  const last = companies.at(-1) ?? assert.fail();
  companies.pop();
  without(
    'Account',
    (row) => row['Name'] === last.name,
    () =>
      without(
        'Desk_Link__c',
        (row) => row['Desk_Key__c'] === `company:${last.id}`,
        () => assert.equal(judged().lost.length, 2),
      ),
  );
  companies.push(last);
  assert.deepEqual(problems(), []);
});

test('what is made twice is told, on one side and on both', () => {
  const { notes } = world.desk.state.tables.cases.find((one) => one.notes.length > 0) ?? assert.fail();
  const [note] = notes;
  assert.ok(note);
  notes.push(note);
  assert.match(judged().doubled.join(), /is in Desk 2 times/);
  assert.ok(differences(world).length > 0);
  const comment = [...rows('CaseComment').values()].find((row) => row['CommentBody'] === note.body);
  assert.ok(comment);
  rows('CaseComment').set('00a', { ...comment, Id: '00a' });
  assert.deepEqual(differences(world), []);
  assert.equal(judged().doubled.length, 2);
  rows('CaseComment').delete('00a');
  notes.pop();
  assert.deepEqual(problems(), []);
});

test('a value that came back on both sides is told as lost', () => {
  load.ledger.said('text of customer', 'Contact-6', 'Countess');
  assert.deepEqual(differences(world), []);
  assert.match(judged().lost.join(), /was said to be "Countess"/);
});

test('what was deleted and came back is told, and so is its copy in Desk that went', () => {
  load.ledger.deleted('Case 3');
  assert.match(judged().doubled.join(), /case "Case 3" is in Salesforce again/);
  const { cases } = world.desk.state.tables;
  const at = cases.findIndex(({ subject }) => subject === 'Case 3');
  cases.splice(at, 1);
  assert.match(judged().lost.join(), /case "Case 3" is not in Desk/);
});
