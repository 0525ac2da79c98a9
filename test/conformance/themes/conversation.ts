import assert from 'node:assert/strict';
import type { Interaction } from '../../../bridge/src/core/interaction.ts';
import type { DeskCase } from '../../../bridge/src/ports/helpDesk.ts';
import { make, NOBODY, readCase, wordsOf } from '../acts.ts';
import { feedFromNow, follow, LONG_MS } from '../feed.ts';
import type { KeptPromise } from '../promise.ts';
import type { Subject } from '../subject.ts';

const reply = (direction: 'in' | 'out', body: string): Interaction => ({
  id: `own-${body}`,
  direction,
  subject: 'About it',
  body,
  from: direction === 'in' ? 'customer@kit.test' : 'support@kit.test',
  to: direction === 'in' ? 'support@kit.test' : 'customer@kit.test',
  at: null,
});

/** What is said in a case. */
export const CONVERSATION: readonly KeptPromise[] = [
  {
    title: 'notes are told apart from messages, and what a customer says from what an agent says',
    keep: async (subject) => {
      const { id } = await make(subject, 'case', 'Talk');
      await subject.people.note(id, 'Internal');
      await subject.people.reply(id, 'in', 'From the customer');
      await subject.people.reply(id, 'out', 'To the customer');
      const talk = await talkOf(subject, id);
      assert.deepEqual(
        talk.notes.map(({ body }) => body),
        ['Internal'],
      );
      assert.deepEqual(
        talk.messages.map(({ direction, body }) => ({ direction, body })),
        [
          { direction: 'in', body: 'From the customer' },
          { direction: 'out', body: 'To the customer' },
        ],
      );
      const ids = [...talk.notes, ...talk.messages].map((one) => one.id);
      assert.equal(new Set(ids).size, 3);
      const second = await talkOf(subject, id);
      assert.deepEqual(second, talk, 'it is told the same again');
    },
  },
  {
    title: 'equal marks mean that nothing came, and another mark comes with each note and message',
    keep: async (subject) => {
      const { id } = await make(subject, 'case', 'Marked');
      const marks = [await markOf(subject, id)];
      await subject.people.change('case', id, 'Renamed');
      assert.equal(await markOf(subject, id), marks[0], 'a change of the case alone is no word said');
      for (const act of [
        () => subject.people.note(id, 'One'),
        () => subject.people.reply(id, 'in', 'Two'),
        () => subject.people.reply(id, 'out', 'Three'),
        () => subject.people.note(id, 'Four'),
      ]) {
        await act();
        marks.push(await markOf(subject, id));
      }
      assert.equal(new Set(marks).size, marks.length, marks.join(', '));
      assert.equal(await markOf(subject, id), marks.at(-1));
    },
  },
  {
    title: 'the feed brings a case to which a word was added, with the mark that a read gives',
    options: { busyPeople: true },
    keep: async (subject) => {
      const { id } = await make(subject, 'case', 'Spoken in');
      const told = await feedFromNow(subject, 'case');
      await subject.people.note(id, 'A note');
      await subject.people.reply(id, 'in', 'A reply');
      await follow(subject, 'case', told, LONG_MS);
      const last = told.records.filter((record) => record.id === id).at(-1);
      assert.ok(last?.pair === 'case', 'the case is not told');
      assert.equal(last.conversation, await markOf(subject, id));
      const talk = await subject.desk.conversation(last, { message: false });
      assert.deepEqual([talk?.notes.length, talk?.messages.length], [1, 1]);
    },
  },
  {
    title: 'the mark after our own words is the one that the desk gives then',
    keep: async (subject) => {
      const { id } = await make(subject, 'case', 'Ours');
      let mark = await markOf(subject, id);
      const { desk } = subject;
      assert.equal(desk.conversationAfter(mark, { notes: 0, replies: 0 }), mark);
      assert.equal((await desk.addNote(id, 'Our note')).outcome, 'done');
      mark = desk.conversationAfter(mark, { notes: 1, replies: 0 });
      assert.equal(await markOf(subject, id), mark);
      for (const body of ['Our reply', 'Another reply'])
        assert.equal((await desk.addReply(id, reply('out', body))).outcome, 'done');
      assert.equal((await desk.addNote(id, 'Our second note')).outcome, 'done');
      mark = desk.conversationAfter(mark, { notes: 1, replies: 2 });
      assert.equal(await markOf(subject, id), mark);
      await subject.people.note(id, 'Not ours');
      assert.notEqual(await markOf(subject, id), mark);
    },
  },
  {
    title: 'a note of ours is internal, is read with the id that its answer gave, and nobody is e-mailed',
    keep: async (subject) => {
      const { id } = await make(subject, 'case', 'Noted');
      const emailed = subject.server.emailed();
      const body = 'First line\nsecond line <b>&amp; "quoted"</b> 🙂';
      const written = await subject.desk.addNote(id, body);
      assert.ok(written.outcome === 'done', JSON.stringify(written));
      assert.deepEqual(subject.server.said(id), { notes: [body], replies: [] });
      assert.deepEqual((await talkOf(subject, id)).notes, [{ id: written.id, body }]);
      assert.equal(subject.server.emailed(), emailed);
    },
  },
  {
    title: 'a reply of ours is one that was sent or received already: nobody is e-mailed',
    keep: async (subject) => {
      const { id } = await make(subject, 'case', 'Replied');
      const emailed = subject.server.emailed();
      const ids: string[] = [];
      for (const [direction, body] of [
        ['out', 'We said'],
        ['in', 'They said'],
      ] as const) {
        const written = await subject.desk.addReply(id, reply(direction, body));
        assert.ok(written.outcome === 'done', JSON.stringify(written));
        ids.push(written.id);
      }
      assert.deepEqual(subject.server.said(id), {
        notes: [],
        replies: [
          { direction: 'out', body: 'We said' },
          { direction: 'in', body: 'They said' },
        ],
      });
      const { messages } = await talkOf(subject, id);
      assert.deepEqual(
        messages.map(({ id, direction, body, unsent }) => ({ id, direction, body, unsent })),
        [
          { id: ids[0], direction: 'out', body: 'We said', unsent: false },
          { id: ids[1], direction: 'in', body: 'They said', unsent: false },
        ],
      );
      assert.equal(subject.server.emailed(), emailed);
    },
  },
  {
    title: 'nobody is e-mailed by a record that is made or changed',
    keep: async (subject) => {
      const emails = [{ type: 'work', value: 'quiet@kit.test' }];
      const before = subject.server.emailed();
      const customer = await make(subject, 'customer', 'Quiet', { emails });
      const made = await make(subject, 'case', 'Quietly', { customerId: customer.id });
      await subject.desk.update('case', [{ id: made.id, changes: subject.word.case.change('Quieter') }]);
      assert.equal(subject.server.emailed(), before);
    },
  },
  {
    title: 'the first message of a case comes where it is asked for, and is the same however it comes',
    keep: async (subject) => {
      const { id } = await make(subject, 'case', 'Opened', { message: 'What began it' });
      await subject.people.reply(id, 'out', 'An answer');
      await subject.people.note(id, 'A note');
      const talk = await talkOf(subject, id, true);
      const [first, second] = talk.messages;
      assert.deepEqual([first?.body, first?.direction, second?.body], ['What began it', 'in', 'An answer']);
      assert.equal(talk.notes.length, 1);
      assert.deepEqual(
        (await talkOf(subject, id)).messages.map(({ body }) => body),
        ['An answer'],
      );
      const read = await subject.again().read(
        'case',
        [id],
        () => false,
        () => true,
      );
      const withIt = read.get(id);
      assert.ok(withIt?.pair === 'case');
      const { messages } =
        (await subject.desk.conversation(withIt, { message: withIt.firstMessage === undefined })) ??
        assert.fail('the case is gone');
      assert.deepEqual([...(withIt.firstMessage ? [withIt.firstMessage] : []), ...messages], talk.messages);
    },
  },
  {
    title: 'a case in which nobody said anything is silent, and to ask what was said in it costs nothing',
    keep: async (subject) => {
      const { id } = await make(subject, 'case', 'Silent');
      const { desk } = subject;
      const silent = await readCase(desk, id);
      assert.ok(desk.isSilent(silent.conversation));
      const before = subject.server.calls();
      assert.deepEqual(await desk.conversation(silent, { message: false }), { notes: [], messages: [] });
      assert.equal(subject.server.calls(), before);
      for (const act of [
        () => subject.people.note(id, 'A note'),
        () => subject.people.reply(id, 'in', 'More'),
      ]) {
        await act();
        assert.ok(!desk.isSilent(await markOf(subject, id)));
      }
    },
  },
  {
    title: 'of a long conversation nothing is left out',
    options: { busyPeople: true },
    keep: async (subject) => {
      const { id } = await make(subject, 'case', 'Endless');
      const [notes, replies] = [wordsOf('Note', 130), wordsOf('Reply', 120)];
      for (const note of notes) await subject.people.note(id, note);
      for (const body of replies) await subject.people.reply(id, 'in', body);
      const talk = await talkOf(subject, id);
      assert.deepEqual(
        talk.notes.map(({ body }) => body),
        notes,
      );
      assert.deepEqual(
        talk.messages.map(({ body }) => body),
        replies,
      );
    },
  },
  {
    title: 'a reply that an agent has not sent yet is told as such',
    needs: ['drafts'],
    keep: async (subject) => {
      const { id } = await make(subject, 'case', 'Drafted');
      await subject.people.draft(id, 'Not yet');
      const { messages } = await talkOf(subject, id);
      assert.deepEqual(
        messages.map(({ unsent }) => unsent),
        [true],
      );
    },
  },
  {
    title: 'of a case that is gone nothing is told, and nothing is written to it',
    keep: async (subject) => {
      const { id } = await make(subject, 'case', 'Vanished');
      await subject.people.note(id, 'Once');
      const known = await readCase(subject.desk, id);
      const nobody: DeskCase = { ...known, id: NOBODY };
      assert.equal(await subject.desk.conversation(nobody, { message: true }), null);
      assert.equal((await subject.desk.addNote(NOBODY, 'To nobody')).outcome, 'gone');
      assert.equal((await subject.desk.addReply(NOBODY, reply('in', 'To nobody'))).outcome, 'gone');
    },
  },
];

async function talkOf({ desk, again }: Subject, id: string, message = false) {
  const talk = await desk.conversation(await readCase(again(), id), { message });
  assert.ok(talk, 'the case is gone');
  return talk;
}

async function markOf({ again }: Subject, id: string): Promise<string> {
  return (await readCase(again(), id)).conversation;
}
