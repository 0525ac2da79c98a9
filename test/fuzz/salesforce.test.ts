import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { RequestFailed } from '@desk-connect/bridge/core/failure.js';
import type { Org } from '@desk-connect/bridge/ports/org.js';
import { orgOverRest } from '@desk-connect/bridge/salesforce/orgOverRest.js';
import { Session } from '@desk-connect/bridge/salesforce/session.js';
import fc from 'fast-check';
import { answers, startAnswering, type Answering } from '../support/answering.ts';
import { isPolluted, tries } from '../support/fuzz.ts';

const CASE = '5009X0000000001QAA';
const LINK = {
  Id: 'a009X0000000001AAA',
  Pair__c: 'case',
  Desk_Id__c: '7',
  Record_Id__c: CASE,
  Status__c: 'In Step',
  Case__c: CASE,
  Requested_Action__c: 'Unlink',
};
const ROW = {
  Id: CASE,
  Subject: 'S',
  Name: 'A',
  ParentId: CASE,
  WhatId: CASE,
  MasterRecordId: CASE,
  SystemModstamp: '2026-01-01T00:00:00.000+0000',
};
const rows = (...records: object[]) => ({ totalSize: records.length, done: true, records });
const PROBLEM = [{ errorCode: 'UNABLE_TO_LOCK_ROW', message: 'busy', fields: [] }];
const SAVED = [{ id: CASE, success: true, errors: [] }];
const REFUSED = [{ success: false, errors: [{ statusCode: 'STRING_TOO_LONG', message: 'no', fields: [] }] }];
const created = (body: object) => ({
  graphs: [
    {
      graphId: 'g0',
      isSuccessful: true,
      graphResponse: {
        compositeResponse: [
          { body, referenceId: 'record', httpStatusCode: 201 },
          { body, referenceId: 'r0', httpStatusCode: 201 },
          { body, referenceId: 'link', httpStatusCode: 201 },
        ],
      },
    },
  ],
});
const COMPOSITE = {
  compositeResponse: ['Sync', 'Rule', 'Mapping', 'Value'].map((name) => ({
    body: rows({ DeveloperName: name, Pair__c: 'case', Enabled__c: true }),
    httpStatusCode: 200,
  })),
};
const DESCRIBE = { name: 'Case', deletable: true, fields: [], recordTypeInfos: [] };
const ENTRY = {
  kind: 'note',
  caseId: CASE,
  deskId: '5',
  object: 'CaseComment',
  records: [{ ParentId: CASE }],
} as const;
const MADE = { pair: 'case', deskId: '7', recordId: CASE, deskUrl: 'https://x.test' } as const;

const CALLS: readonly (readonly [string, readonly unknown[], (org: Org) => Promise<unknown>])[] = [
  ['read', [rows(ROW)], (org) => org.read('Case', ['Subject'], [CASE])],
  ['survivors', [rows(ROW)], (org) => org.survivors('Case', [CASE])],
  ['mergedInto', [rows(ROW)], (org) => org.mergedInto('Case', [CASE])],
  ['changes', [rows(ROW)], (org) => org.changes('Case', [], { modstamp: ROW.SystemModstamp, id: CASE }, 10)],
  [
    'deleted',
    [{ deletedRecords: [{ id: CASE }], latestDateCovered: 'x' }],
    (org) => org.deleted('Case', 'a', 'b'),
  ],
  ['find', [rows(ROW)], (org) => org.find({ object: 'Account', by: 'Name', values: ["A' OR Id != '"] })],
  [
    'create',
    [created({ id: CASE, success: true }), created(PROBLEM)],
    (org) =>
      org.createLinked([
        { object: 'Case', fields: { Subject: 'S' }, pair: 'case', deskId: '7', deskUrl: 'x' },
      ]),
  ],
  ['update', [SAVED, REFUSED], (org) => org.update('Case', [{ id: CASE, fields: { Subject: 'S' } }])],
  ['remove', [SAVED, REFUSED], (org) => org.remove([CASE])],
  ['make links', [SAVED, REFUSED], (org) => org.createLinks([MADE])],
  ['find links', [rows(LINK)], (org) => org.findLinks('deskKey', ['case:7'])],
  ['conversations', [rows(ROW), rows(LINK)], (org) => org.conversations([CASE])],
  ['commented', [rows(ROW)], (org) => org.commentedSince('2026-01-01T00:00:00Z')],
  ['make entries', [created({ id: CASE })], (org) => org.createEntries([ENTRY])],
  ['requested actions', [rows(LINK)], (org) => org.requestedActions()],
  ['matching', [rows(ROW)], (org) => org.matching('Case', "Subject = 'S'", [CASE])],
  ['limits', [{ DailyApiRequests: { Max: 1, Remaining: 1 } }], (org) => org.limits()],
  ['describe', [DESCRIBE], (org) => org.describe('Case')],
  ['config', [COMPOSITE], (org) => org.readConfig()],
  ['clean up the log', [rows(ROW), SAVED], (org) => org.deleteLogsBefore('2026-01-01T00:00:00Z', 10)],
  ['clock', [{}], (org) => org.now()],
];
/** Without those that are tried again after a pause: the tests of the session have them. */
const STATUSES = [200, 200, 200, 201, 204, 300, 400, 401, 403, 404, 429];

let server: Answering;
let org: Org;
before(async () => {
  server = await startAnswering();
  const good = { status: 200, headers: {}, body: Buffer.from(JSON.stringify(rows({ Id: '00D' }))) };
  server.answer([good]);
  const auth = { kind: 'accessToken', accessToken: 'token' } as const;
  const session = await Session.open({ instanceUrl: server.url, auth, timeoutMs: 5_000 });
  org = orgOverRest(session, Date.now);
});
after(() => server.close());

for (const [name, good, call] of CALLS) {
  test(`${name}: whatever Salesforce answers, it is an outcome or a failure that says what`, async () => {
    await fc.assert(
      fc.asyncProperty(answers([...good, PROBLEM], STATUSES), async (given) => {
        server.answer(given);
        await call(org).catch((error: unknown) => {
          assert.ok(error instanceof RequestFailed, error instanceof Error ? error.stack : String(error));
          const { code, message } = error.failure;
          assert.ok(code.length > 0 && code.length < 200 && typeof message === 'string');
        });
        assert.ok(!isPolluted());
      }),
      tries(40),
    );
  });
}
