import { RequestFailed } from '../../bridge/src/core/failure.ts';
import type { PairKind } from '../../bridge/src/core/pair.ts';
import type {
  DeskRecord,
  DeskWrite,
  FeedPage,
  FeedPosition,
  HelpDesk,
} from '../../bridge/src/ports/helpDesk.ts';

/** An adapter with one fault, and the promise that is broken by it. */
type Mutant = { readonly fault: string; readonly breaks: string; readonly of: (desk: HelpDesk) => HelpDesk };

const pages =
  (change: (page: FeedPage, pair: PairKind) => FeedPage) =>
  (desk: HelpDesk): HelpDesk => ({
    ...desk,
    changes: async (pair, position) => change(await desk.changes(pair, position), pair),
  });
const written =
  (change: (outcomes: DeskWrite[]) => DeskWrite[]) =>
  (desk: HelpDesk): HelpDesk => ({
    ...desk,
    create: async (pair, records) => change(await desk.create(pair, records)),
    update: async (pair, records) => change(await desk.update(pair, records)),
  });
const cases = (record: DeskRecord, conversation: string): DeskRecord =>
  record.pair === 'case' ? { ...record, conversation } : record;

/** Faults that adapters are known for. */
export const MUTANTS: readonly Mutant[] = [
  {
    fault: 'of records with the same time it tells one',
    breaks: 'of more records than a page holds that change within one second, each is told',
    of: pages((page) => ({
      ...page,
      records: page.records.filter(
        ({ updatedAt }, index) => page.records[index - 1]?.updatedAt !== updatedAt,
      ),
    })),
  },
  {
    fault: 'what it told once with a time, it does not tell again with that time',
    breaks: 'a record that is changed twice within one second is told as it is in the end',
    of: (desk) => {
      const told = new Set<string>();
      return pages((page, pair) => {
        const isNew = ({ id, updatedAt }: DeskRecord) => !told.has(`${pair} ${id} ${updatedAt}`);
        const records = page.records.filter(isNew);
        for (const { id, updatedAt } of records) told.add(`${pair} ${id} ${updatedAt}`);
        return { ...page, records };
      })(desk);
    },
  },
  {
    fault: 'it drops a record where two pages meet',
    breaks:
      'a full read tells of every record, whatever is deleted and made meanwhile, and goes over into changes',
    of: pages((page) => (page.more ? { ...page, records: page.records.slice(0, -1) } : page)),
  },
  {
    fault: 'it forgets what is gone',
    breaks: 'a case that is deleted is told to be gone',
    of: pages((page) => ({ ...page, gone: [] })),
  },
  {
    fault: 'it passes over what it cannot read',
    breaks:
      'a record that nobody can read is told by its id, with other marks when it changes, and stops no other',
    of: pages((page) => ({ ...page, unreadable: [] })),
  },
  {
    fault: 'it gives each state of a record that it cannot read the same mark',
    breaks:
      'a record that nobody can read is told by its id, with other marks when it changes, and stops no other',
    of: pages((page) => ({
      ...page,
      unreadable: page.unreadable.map(({ id }) => ({ id, seen: 'unreadable' })),
    })),
  },
  {
    fault: 'it keeps its place in memory',
    breaks: 'a place in the feed is plain data, and another adapter goes on from it at any page',
    of: (desk) => {
      let place: FeedPosition = null;
      return {
        ...desk,
        startOf: (pair, since) => {
          place = desk.startOf(pair, since);
          return { in: 'memory' };
        },
        changes: async (pair, position) => {
          const page = await desk.changes(pair, position && place);
          place = page.position;
          return { ...page, position: { in: 'memory' } };
        },
      };
    },
  },
  {
    fault: 'it says that all was told when it was asked, whatever was read',
    breaks: 'whatever people do and whenever it is asked, each change of a customer is told',
    of: (desk) => ({ ...desk, toldUpTo: () => Date.UTC(2030, 0, 1) }),
  },
  {
    fault: 'it makes again what it may have made',
    breaks: 'a record whose answer was lost is refused as not known, and not made a second time',
    of: (desk) => ({
      ...desk,
      create: (pair, records) =>
        desk.create(
          pair,
          records.map(({ changes, again }) => ({
            changes: again ? { ...changes, externalId: null } : changes,
            again,
          })),
        ),
    }),
  },
  {
    fault: 'it drops an outcome',
    breaks: 'more records than one request takes are made and changed, each with its outcome',
    of: written((outcomes) => outcomes.slice(0, -1)),
  },
  {
    fault: 'its outcomes come in the order of the answers',
    breaks: 'outcomes come in the order of the records, of creations, updates and deletions',
    of: written((outcomes) => outcomes.toReversed()),
  },
  {
    fault: 'one bad record fails the whole batch',
    breaks: 'one bad record among a hundred is refused alone, when they are made and when they are changed',
    of: written((outcomes) => {
      const bad = outcomes.find(({ outcome }) => outcome === 'refused');
      return bad ? outcomes.map(() => bad) : outcomes;
    }),
  },
  {
    fault: 'a batch that fails throws',
    breaks:
      'a connection that breaks is a failure of the class network, thrown by reads and told of each record by writes',
    of: written((outcomes) => {
      for (const one of outcomes) if (one.outcome === 'refused') throw new RequestFailed(one.failure);
      return outcomes;
    }),
  },
  {
    fault: 'what is taken it tells as refused',
    breaks: 'a record with the external id of another one is taken, and the others are made',
    of: written((outcomes) =>
      outcomes.map((one) => (one.outcome === 'taken' ? { outcome: 'refused', failure: one.failure } : one)),
    ),
  },
  {
    fault: 'it does not say how long to wait',
    breaks: 'a long wait is told, and not sat out',
    of: written((outcomes) =>
      outcomes.map((one) => {
        if (one.outcome !== 'refused') return one;
        const { class: is, code, message } = one.failure;
        return { outcome: 'refused', failure: { class: is, code, message } };
      }),
    ),
  },
  {
    fault: 'an update writes the whole record',
    breaks: 'an update answers with the record as it is then, and nothing else of it is touched',
    of: (desk) => ({
      ...desk,
      update: (pair, records) =>
        desk.update(
          pair,
          records.map(({ id, changes }) => ({ id, changes: { title: null, description: null, ...changes } })),
        ),
    }),
  },
  {
    fault: 'e-mail addresses are added',
    breaks: 'e-mail addresses that are written replace those that were there',
    of: (desk) => ({
      ...desk,
      update: async (pair, records) => {
        const known = await desk.read(
          pair,
          records.map(({ id }) => id),
          () => false,
        );
        return desk.update(
          pair,
          records.map(({ id, changes }) => {
            const held = known.get(id);
            if (held?.pair !== 'customer' || !changes.emails) return { id, changes };
            return { id, changes: { ...changes, emails: [...held.emails, ...changes.emails] } };
          }),
        );
      },
    }),
  },
  {
    fault: 'it trusts an index and the feed, whatever the engine thinks of them',
    breaks: 'a record is read as it is now, where neither an index nor the feed is trusted',
    of: (desk) => ({ ...desk, read: (pair, ids) => desk.read(pair, ids, () => true) }),
  },
  {
    fault: 'it finds e-mail addresses by their case',
    breaks: 'a customer is found by the e-mail address, whatever its case, and by no part of it',
    of: (desk) => ({
      ...desk,
      find: async (query) =>
        query.by === 'email' && query.value !== query.value.toLowerCase() ? [] : desk.find(query),
    }),
  },
  {
    fault: 'its marks stand still',
    breaks: 'equal marks mean that nothing came, and another mark comes with each note and message',
    of: (desk) => ({
      ...desk,
      read: async (...args) =>
        new Map([...(await desk.read(...args))].map(([id, record]) => [id, cases(record, '1/1')])),
    }),
  },
  {
    fault: 'it counts no replies of its own',
    breaks: 'the mark after our own words is the one that the desk gives then',
    of: (desk) => ({
      ...desk,
      conversationAfter: (mark, { notes }) => desk.conversationAfter(mark, { notes, replies: 0 }),
    }),
  },
  {
    fault: 'its notes are public',
    breaks: 'a note of ours is internal, is read with the id that its answer gave, and nobody is e-mailed',
    of: (desk) => ({
      ...desk,
      addNote: (id, body) =>
        desk.addReply(id, { id: '', direction: 'out', subject: null, body, from: null, to: null, at: null }),
    }),
  },
  {
    fault: 'it removes nothing',
    breaks: 'a case that is removed is absent, and all others stay',
    of: (desk) => ({ ...desk, remove: async (ids) => ids.map(() => ({ outcome: 'done' })) }),
  },
  {
    fault: 'it takes the whole limit for itself',
    breaks: 'bridges that share the limit together do not run into it',
    of: (desk) => ({ ...desk, shareAmong: () => undefined }),
  },
  {
    fault: 'it tells only of fields in use',
    breaks: 'custom fields are told with their type, their choices and whether they are in use',
    of: (desk) => ({
      ...desk,
      fields: async (pair) => (await desk.fields(pair)).filter(({ active }) => active),
    }),
  },
];
