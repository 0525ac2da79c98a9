import { CAUSE, RequestFailed } from '../core/failure.ts';
import { deskKey, OBJECT_OF, type PairKind } from '../core/pair.ts';
import type { LinkChange, LinkRow, LinkStatus } from '../ports/org.ts';
import type { Session } from './session.ts';

export const LINK_OBJECT = 'Desk_Link__c';
export const LINK_FIELDS = ['Id', 'Pair__c', 'Desk_Id__c', 'Record_Id__c', 'Status__c'] as const;

/** The fields of a new row of `Desk_Link__c`. */
export function newLink(
  { pair, deskId, recordId, deskUrl }: { pair: PairKind; deskId: string; recordId: string; deskUrl: string },
  now: number,
) {
  return {
    Desk_Key__c: deskKey(pair, deskId),
    Record_Id__c: recordId,
    Pair__c: pair,
    Desk_Id__c: deskId,
    Desk_Url__c: deskUrl,
    Status__c: 'In Step',
    Last_Synced__c: new Date(now).toISOString(),
    [`${OBJECT_OF[pair]}__c`]: recordId,
  };
}

const COLUMN: Readonly<Record<keyof LinkChange, string>> = {
  status: 'Status__c',
  lastSynced: 'Last_Synced__c',
  lastDirection: 'Last_Direction__c',
  lastError: 'Last_Error__c',
  failureCause: 'Failure_Cause__c',
  deskUrl: 'Desk_Url__c',
  requestedAction: 'Requested_Action__c',
};
const LONGEST_ERROR = 4_000;

/** What is written of a change; the cause of a failure only where the links have a field for it. */
export function changedLink(
  { failureCause, ...change }: LinkChange,
  hasCause: boolean,
): Record<string, string | null> {
  const cause =
    hasCause && failureCause !== undefined ? { failureCause: failureCause && CAUSE[failureCause] } : {};
  const entries = Object.entries({ ...change, ...cause }).map(
    ([name, value]: [string, string | null]) =>
      [COLUMN[name as keyof LinkChange], value?.slice(0, LONGEST_ERROR) ?? null] as const,
  );
  return Object.fromEntries(entries);
}

/**
 * Whether the bridge can say on links what kind of failure keeps them apart: an org that was set up before there was
 * a field for it would refuse the whole change.
 */
export async function linksHaveCause(session: Session): Promise<boolean> {
  try {
    const { fields } = await session.request<{ fields: readonly { name: string; updateable: boolean }[] }>(
      'GET',
      `/sobjects/${LINK_OBJECT}/describe`,
    );
    return fields.some(({ name, updateable }) => name === COLUMN.failureCause && updateable);
  } catch (error) {
    // Without the object there is nothing to write to; setup may bring it any moment.
    if (error instanceof RequestFailed && error.failure.code === 'NOT_FOUND') return false;
    throw error;
  }
}

/** @throws RequestFailed for a row that somebody made of his own: its ids become parts of addresses and of queries */
export function linkRow(row: Readonly<Record<(typeof LINK_FIELDS)[number], string | null>>): LinkRow {
  const { Id: id, Desk_Id__c: deskId, Record_Id__c: recordId } = row;
  if (id === null || !/^\d{1,18}$/.test(deskId ?? '') || !/^[a-zA-Z0-9]{15,18}$/.test(recordId ?? ''))
    throw new RequestFailed({
      class: 'validation',
      code: 'BAD_LINK',
      message: `The Desk Link ${id} does not name a record of each side. Correct its Desk Id and Record Id, or delete it.`,
    });
  return {
    id,
    pair: row.Pair__c as PairKind,
    deskId: deskId ?? '',
    recordId: recordId ?? '',
    status: row.Status__c as LinkStatus,
  };
}
