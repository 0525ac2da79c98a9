import * as z from 'zod';
import { OBJECT_OF, PAIRS, type PairKind } from '../core/pair.ts';
import { requestedAction } from '../core/requestedAction.ts';
import type { Org, PersonAccounts, SalesforceRecord } from '../ports/org.ts';
import { bridgeRowOverRest } from './bridgeRow.ts';
import { readConfig } from './configRecords.ts';
import { describeObject } from './describe.ts';
import { expected } from './expected.ts';
import { lookAt } from './look.ts';
import { matching } from './matching.ts';
import { deleteCollection, writeCollection } from './collections.ts';
import { timeOf } from '../core/timeOf.ts';
import { nested } from '../core/config/fieldPath.ts';
import { conversationsOverRest } from './conversations.ts';
import { createLinked } from './createLinked.ts';
import { changedLink, LINK_FIELDS, LINK_OBJECT, linkRow, newLink } from './links.ts';
import { mergedIntoPersons, personSurvivors } from './personAccounts.ts';
import type { Session } from './session.ts';
import { limitsOf } from './limits.ts';
import { inLists, literal } from './soql.ts';
import { systemLogOverRest } from './systemLog.ts';

const Deleted = z.object({
  deletedRecords: z.array(z.object({ id: z.string() })),
  latestDateCovered: z.string().refine((time) => !Number.isNaN(timeOf(time))),
});

/**
 * A Salesforce org over its REST API. `now` is in milliseconds since 1970; `hasCause` says whether its links have a
 * field for the cause of a failure.
 */
export function orgOverRest(
  session: Session,
  now: () => number,
  personAccounts: PersonAccounts | null = null,
  hasCause = true,
): Org {
  return {
    personAccounts,
    read: async (object, fields, ids) => {
      const found = new Map<string, SalesforceRecord>();
      const select = `SELECT ${columns(fields)} FROM ${object} WHERE Id IN `;
      for (const list of inLists(ids, select)) {
        const rows = await session.query<SalesforceRecord>(`${select}(${list})`);
        for (const row of rows) found.set(row.Id, row);
      }
      return found;
    },
    survivors: async (object, ids) => {
      const found = new Map<string, string>();
      for (const list of inLists(ids)) {
        const soql = `SELECT Id, MasterRecordId FROM ${object} WHERE Id IN (${list}) AND IsDeleted = true AND MasterRecordId != null`;
        const rows = await session.query<{ Id: string; MasterRecordId: string }>(soql, undefined, true);
        for (const { Id, MasterRecordId } of rows) found.set(Id, MasterRecordId);
      }
      if (personAccounts === null || object !== 'Contact') return found;
      return new Map([...(await personSurvivors(session, ids)), ...found]);
    },
    inBin: async (object, ids) => {
      const found = new Set<string>();
      for (const list of inLists(ids)) {
        const soql = `SELECT Id FROM ${object} WHERE Id IN (${list}) AND IsDeleted = true`;
        for (const { Id } of await session.query<{ Id: string }>(soql, undefined, true)) found.add(Id);
      }
      return found;
    },
    mergedInto: async (object, ids) => {
      const found = new Map<string, string>();
      for (const list of inLists(ids)) {
        const soql = `SELECT Id, MasterRecordId FROM ${object} WHERE MasterRecordId IN (${list}) AND IsDeleted = true`;
        const rows = await session.query<{ Id: string; MasterRecordId: string }>(soql, undefined, true);
        for (const { Id, MasterRecordId } of rows) found.set(Id, MasterRecordId);
      }
      if (personAccounts === null || object !== 'Contact') return found;
      return new Map([...(await mergedIntoPersons(session, ids)), ...found]);
    },
    changes: (object, fields, { modstamp, id }, limit) => {
      const from = `${new Date(timeOf(modstamp)).toISOString().slice(0, 19)}Z`;
      const after =
        id === ''
          ? `SystemModstamp >= ${from}`
          : `(SystemModstamp > ${from} OR (SystemModstamp = ${from} AND Id > ${literal(id)}))`;
      return session.query<SalesforceRecord>(
        `SELECT ${columns(fields)} FROM ${object} WHERE ${after} ORDER BY SystemModstamp, Id LIMIT ${limit}`,
        limit,
      );
    },
    deleted: async (object, from, to) => {
      const window = `start=${encodeURIComponent(from)}&end=${encodeURIComponent(to)}`;
      const answer = await session.request('GET', `/sobjects/${object}/deleted?${window}`);
      const { deletedRecords, latestDateCovered } = expected(Deleted, answer, 'request for deleted records');
      return { ids: deletedRecords.map((record) => record.id), coveredTo: latestDateCovered };
    },
    find: async ({ object, by, values }) => {
      const found = new Map<string, string[]>();
      const which = personAccounts !== null && object === 'Account' ? ' AND IsPersonAccount = false' : '';
      for (const list of inLists(values)) {
        const rows = await session.query<{ Id: string } & Record<typeof by, unknown>>(
          `SELECT Id, ${by} FROM ${object} WHERE ${by} IN (${list})${which} ORDER BY CreatedDate, Id`,
        );
        for (const row of rows) {
          const key = String(row[by]).toLowerCase();
          found.set(key, [...(found.get(key) ?? []), row.Id]);
        }
      }
      return found;
    },
    createLinked: (items) => createLinked(session, items, now),
    update: (object, items) =>
      writeCollection(
        session,
        'PATCH',
        items.map(({ id, fields }) => ({ attributes: { type: object }, id, ...nested(fields) })),
      ),
    remove: (ids) => deleteCollection(session, ids),
    createLinks: (items) =>
      writeCollection(
        session,
        'POST',
        items.map((item) => ({ attributes: { type: LINK_OBJECT }, ...newLink(item, now()) })),
      ),
    moveLinks: (items) =>
      writeCollection(
        session,
        'PATCH',
        items.map(({ id, pair, recordId }) => ({
          attributes: { type: LINK_OBJECT },
          id,
          Record_Id__c: recordId,
          [`${OBJECT_OF[pair]}__c`]: recordId,
        })),
      ),
    updateLinks: (items) =>
      writeCollection(
        session,
        'PATCH',
        items.map(({ id, change }) => ({
          attributes: { type: LINK_OBJECT },
          id,
          ...changedLink(change, hasCause),
        })),
      ),
    deleteLinks: (ids) => deleteCollection(session, ids),
    findLinks: async (by, values) => {
      const field = by === 'deskKey' ? 'Desk_Key__c' : 'Record_Id__c';
      const rows = [];
      for (const list of inLists(values)) {
        rows.push(
          ...(await session.query<Parameters<typeof linkRow>[0]>(
            `SELECT ${LINK_FIELDS.join(', ')} FROM ${LINK_OBJECT} WHERE ${field} IN (${list})`,
          )),
        );
      }
      return rows.map(linkRow);
    },
    ...conversationsOverRest(session),
    ...systemLogOverRest(session),
    ...bridgeRowOverRest(session),
    requestedActions: async () => {
      const rows = await session.query<{
        Pair__c: PairKind;
        Record_Id__c: string;
        Requested_Action__c: string;
      }>(
        `SELECT Id, Pair__c, Record_Id__c, Requested_Action__c FROM ${LINK_OBJECT} WHERE Requested_Action__c != null AND Pair__c IN ('${PAIRS.join("','")}') LIMIT 2000`,
      );
      return rows.flatMap((row) => {
        const action = requestedAction(row.Requested_Action__c);
        return action ? [{ pair: row.Pair__c, recordId: row.Record_Id__c, action }] : [];
      });
    },
    matching: (object, condition, ids) => matching(session, object, condition, ids),
    look: (looks) => lookAt(session, looks),
    usage: () => session.usage,
    limits: () => limitsOf(session),
    describe: (object) => describeObject(session, object),
    readConfig: () => readConfig(session),
    now: () => session.clock(),
  };
}

function columns(fields: readonly string[]): string {
  return [...new Set(['Id', 'SystemModstamp', ...fields])].join(', ');
}
