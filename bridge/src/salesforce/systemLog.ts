import { canRetry, RequestFailed } from '../core/failure.ts';
import { OBJECT_OF } from '../core/pair.ts';
import type { Org, OrgLogEntry } from '../ports/org.ts';
import { deleteCollection, writeCollection } from './collections.ts';
import type { Session } from './session.ts';

const LOG_OBJECT = 'Desk_Log__c';
const LONGEST_TEXT = 4_000;
const LONGEST_RULE = 80;
const LEVEL = { info: 'Info', warn: 'Warning', error: 'Error' } as const;

/** The rows of `Desk_Log__c`, by collections. */
export function systemLogOverRest(session: Session): Pick<Org, 'writeLog' | 'deleteLogsBefore'> {
  return {
    writeLog: async (entries) => {
      const first = await write(session, entries.map(logRow));
      // A record that was deleted since, or that this user may not see, cannot be looked up: only named.
      const again = first.filter(({ outcome }) => outcome.outcome !== 'done' && outcome.outcome !== 'taken');
      const second = await write(
        session,
        again.map(({ row }) => ({ ...row, Account__c: null, Contact__c: null, Case__c: null })),
      );
      for (const { outcome } of second) {
        if (outcome.outcome !== 'refused') continue;
        const { failure } = outcome;
        if (failure.class === 'permission' || canRetry(failure)) throw new RequestFailed(failure);
      }
    },
    deleteLogsBefore: async (before, limit) => {
      const rows = await session.query<{ Id: string }>(
        `SELECT Id FROM ${LOG_OBJECT} WHERE At__c < ${before.slice(0, 19)}Z ORDER BY At__c LIMIT ${limit}`,
        limit,
      );
      const written = await deleteCollection(
        session,
        rows.map(({ Id }) => Id),
      );
      return written.filter(({ outcome }) => outcome === 'done').length;
    },
  };
}

async function write(session: Session, rows: readonly ReturnType<typeof logRow>[]) {
  const written = await writeCollection(
    session,
    'POST',
    rows.map((row) => ({ attributes: { type: LOG_OBJECT }, ...row })),
  );
  return written.flatMap((outcome, index) => {
    const row = rows[index];
    return row ? [{ row, outcome }] : [];
  });
}

function logRow(entry: OrgLogEntry): Readonly<Record<string, string | null>> {
  return {
    Log_Key__c: entry.key,
    At__c: new Date(entry.at).toISOString(),
    Level__c: LEVEL[entry.level],
    Pair__c: entry.pair,
    Rule__c: entry.rule.slice(0, LONGEST_RULE),
    Text__c: entry.text.slice(0, LONGEST_TEXT),
    Desk_Id__c: entry.deskId,
    Record_Id__c: entry.salesforceId,
    ...(entry.salesforceId === null ? {} : { [`${OBJECT_OF[entry.pair]}__c`]: entry.salesforceId }),
  };
}
