import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { RequestFailed } from '@desk-connect/bridge/core/failure.js';
import { PRIORITY } from '@desk-connect/bridge/core/spending.js';
import type { Engine } from '@desk-connect/bridge/engine/engine.js';
import { runRound } from '@desk-connect/bridge/engine/round.js';
import type { Store } from '@desk-connect/bridge/store/store.js';
import { createHandRun, type HandRun } from '../support/handRun.ts';
import { freshStore } from '../support/stores.ts';
import type { AnyWorld } from '../support/world.ts';

let hand: HandRun;
let world: AnyWorld;
let lost = 0;

before(async () => {
  hand = await createHandRun();
  ({ world } = hand);
});
after(() => hand.close());

/** A bridge whose first note and reply are stored, and their answers lost; the feed was read just before. */
const losing = (store: Store, now: () => number): Engine =>
  hand.bridgeOn(store, now, (desk) => {
    const losingAnswer = async <R>(write: () => Promise<R>): Promise<R> => {
      await desk.changes('case', null);
      const answer = await write();
      if (lost === 2) return answer;
      lost += 1;
      throw new RequestFailed({ class: 'network', code: 'ECONNRESET', message: 'reset' });
    };
    return {
      addNote: (...given) => losingAnswer(() => desk.addNote(...given)),
      addReply: (...given) => losingAnswer(() => desk.addReply(...given)),
    };
  });

const live = (object: string) =>
  [...world.org.org.records.rows(object).values()].filter((row) => row['IsDeleted'] !== true);

test('D2.12 a reply and a comment whose answers are lost are made once, though the feed told of Desk as it was before', async (t) => {
  const { store, now, advance } = await freshStore(t, 'sqlite');
  const bridge = losing(store, now);
  const { people, held } = world.side;
  const customerId = await people.customer({ lastName: 'Answered' });
  const ids: string[] = [];
  for (const subject of ['Replied to', 'Commented on']) {
    ids.push(await people.case({ subject, status: 'open', customerId, message: 'Hello' }));
  }
  await store.sight([{ pair: 'customer', side: 'desk', id: customerId }], PRIORITY.live);
  await store.sight(
    ids.map((id) => ({ pair: 'case', side: 'desk', id }) as const),
    PRIORITY.live,
  );
  const rest = async () => {
    for (let turn = 0; turn < 8; turn += 1) {
      await runRound(bridge);
      advance(2_000);
    }
    const { failing, waiting } = await store.counts();
    assert.deepEqual({ failing, waiting }, { failing: 0, waiting: 0 });
  };
  await rest();
  const caseId = (subject: string) => String(live('Case').find((row) => row['Subject'] === subject)?.['Id']);
  await world.salesforce
    .sobject('EmailMessage')
    .create({ ParentId: caseId('Replied to'), Status: '3', TextBody: 'The only reply' });
  await world.salesforce
    .sobject('CaseComment')
    .create({ ParentId: caseId('Commented on'), CommentBody: 'The only comment' });
  await store.sight(
    ['Replied to', 'Commented on'].map(
      (subject) =>
        ({ pair: 'case', side: 'salesforce', id: caseId(subject), commented: { stamp: null } }) as const,
    ),
    PRIORITY.live,
  );
  await rest();
  assert.equal(lost, 2);
  const said = held.cases().flatMap(({ replies, notes }) => [...replies.map(({ body }) => body), ...notes]);
  assert.deepEqual(said.sort(), ['The only comment', 'The only reply']);
  assert.equal(live('EmailMessage').length, ids.length + 1);
  assert.equal(live('CaseComment').length, 1);
});
