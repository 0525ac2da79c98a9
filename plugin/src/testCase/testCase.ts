import { setTimeout as pause } from 'node:timers/promises';
import type { DeskHttp } from '@desk-connect/bridge/desk/http.js';
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
/** Desk's status and priority, and what Salesforce must show for them. */
const DESK = { status: 'open', priority: 8 };
const EXPECTED = { Status: 'Open', Priority: 'High' };

/**
 * The acceptance test of the original: a new case for a new customer, made in Desk, must be in Salesforce with its
 * contact, status and priority. Both records stay; `mark` makes them unlike any other.
 * @throws TestCaseLate with what is wrong, once the time is over
 */
export async function runTestCase(
  desk: DeskHttp,
  connection: Connection,
  options: { mark: string; timeoutMs: number; now: () => number },
): Promise<TestCaseResult> {
  const email = `desk-connect-test-${options.mark}@example.com`;
  const lastName = `Magic ${options.mark}`;
  const subject = `Test Desk Connect ${options.mark}`;
  const customerId = await create(desk, 'customers', {
    first_name: 'Don',
    last_name: lastName,
    emails: [{ type: 'work', value: email }],
  });
  const started = options.now();
  const deskCaseId = await create(desk, 'cases', {
    type: 'email',
    subject,
    ...DESK,
    message: {
      direction: 'in',
      status: 'received',
      from: email,
      to: email,
      subject,
      body: 'A test of Desk Connect.',
    },
    _links: { customer: { href: `/api/v2/customers/${customerId}`, class: 'customer' } },
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
      wrong = whatIsWrong(found, { email, subject, name: `Don ${lastName}` });
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

async function create(desk: DeskHttp, path: string, body: object): Promise<string> {
  const { status, body: made } = await desk.write('POST', path, body);
  if (status !== 201 && status !== 200)
    throw failure('DeskRefused', [path, (made as { message?: string }).message ?? `HTTP ${status}`]);
  return String((made as { id: number }).id);
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
