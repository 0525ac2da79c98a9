import { setTimeout as pause } from 'node:timers/promises';
import { salesforceValue, type DeskDraft } from '@desk-connect/bridge/core/fieldMap.js';
import type { PairKind } from '@desk-connect/bridge/core/pair.js';
import type { DeskChanges, HelpDesk } from '@desk-connect/bridge/ports/helpDesk.js';
import type { SalesforceFields } from '@desk-connect/bridge/ports/org.js';
import type { Connection } from '@salesforce/core';
import { failure } from '../errors.ts';
import { literal } from '@desk-connect/bridge/salesforce/soql.js';
import { queryAll } from '../org/soql.ts';

export type TestCaseResult = {
  deskCaseId: string;
  caseId: string;
  caseNumber: string;
  contact: string;
  status: string;
  priority: string;
  /** From its creation in Desk until it was seen in Salesforce, in milliseconds. */
  tookMs: number;
};

type Row = {
  Case__r: {
    Id: string;
    CaseNumber: string;
    Subject: string | null;
    Status: string;
    Priority: string;
    Contact: { Name: string; Email: string | null } | null;
  } | null;
};

const POLL_MS = 250;
/** What Salesforce must show; the desk gets what means the same there. */
const EXPECTED = { Status: 'Open', Priority: 'High' };

/** A help desk, and its address for whoever has to look there. */
type Side = { readonly desk: HelpDesk; readonly url: string };

/**
 * The acceptance test of the original: a new case for a new customer, made in the help desk, must be in Salesforce with
 * its contact, status and priority. Both records stay; `mark` makes them unlike any other.
 * @throws DeskRefused, or TestCaseLate with what is wrong, once the time is over
 */
export async function runTestCase(
  side: Side,
  connection: Connection,
  options: { mark: string; timeoutMs: number; now: () => number },
): Promise<TestCaseResult> {
  const subject = `Test Desk Connect ${options.mark}`;
  const email = `desk-connect-test-${options.mark}@example.com`;
  const person = { FirstName: 'Don', LastName: `Magic ${options.mark}` };
  const name = `${person.FirstName} ${person.LastName}`;
  const customerId = await create(
    side,
    'customer',
    inItsTerms(side, 'customer', { ...person, Name: name, Email: email }),
  );
  const started = options.now();
  const deskCaseId = await create(side, 'case', {
    ...inItsTerms(side, 'case', { Subject: subject, Description: 'A test of Desk Connect.', ...EXPECTED }),
    customerId,
  });
  let wrong = 'it is not there';
  for (;;) {
    const [row] = await queryAll<Row>(
      connection,
      `SELECT Case__r.Id, Case__r.CaseNumber, Case__r.Subject, Case__r.Status, Case__r.Priority, Case__r.Contact.Name, Case__r.Contact.Email FROM Desk_Link__c WHERE Desk_Key__c = ${literal(`case:${deskCaseId}`)}`,
    );
    const found = row?.Case__r;
    if (found) {
      const tookMs = options.now() - started;
      wrong = whatIsWrong(found, { email, subject, name });
      if (wrong === '')
        return {
          deskCaseId,
          caseId: found.Id,
          caseNumber: found.CaseNumber,
          contact: found.Contact?.Name ?? '',
          status: found.Status,
          priority: found.Priority,
          tookMs,
        };
    }
    if (options.now() - started > options.timeoutMs) throw failure('TestCaseLate', [deskCaseId, wrong]);
    await pause(POLL_MS);
  }
}

/** What a record of Salesforce would be in the desk. */
function inItsTerms({ desk }: Side, pair: PairKind, fields: SalesforceFields): DeskChanges {
  const record = { Id: '', SystemModstamp: '', ...fields };
  const draft: DeskDraft = {};
  for (const map of desk.vocabulary.maps[pair]) {
    const value = salesforceValue(map, record);
    if (value !== null) map.write(draft, map.toDesk(value, null), null);
  }
  return draft;
}

async function create({ desk, url }: Side, pair: PairKind, changes: DeskChanges): Promise<string> {
  const [made] = await desk.create(pair, [{ changes, again: false }]);
  if (made?.outcome === 'done') return made.record.id;
  const why = made && 'failure' in made ? made.failure.message : 'nothing came of it';
  throw failure('DeskRefused', [url, why]);
}

function whatIsWrong(
  found: NonNullable<Row['Case__r']>,
  wanted: { email: string; subject: string; name: string },
): string {
  const checks: readonly (readonly [what: string, is: unknown, should: unknown])[] = [
    ['Subject', found.Subject, wanted.subject],
    ['Status', found.Status, EXPECTED.Status],
    ['Priority', found.Priority, EXPECTED.Priority],
    ['Contact Name', found.Contact?.Name, wanted.name],
    ['Contact Email', found.Contact?.Email, wanted.email],
  ];
  return checks
    .filter(([, is, should]) => is !== should)
    .map(([what, is, should]) => `${what} is ${String(is)}, not ${String(should)}`)
    .join(', ');
}
