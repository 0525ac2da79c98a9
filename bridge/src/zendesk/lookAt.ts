import * as z from 'zod';
import { RequestFailed } from '../core/failure.ts';
import type { DeskFinding } from '../desks/deskType.ts';
import type { ZendeskHttp } from './http.ts';
import { mailingAutomations, mailingTriggers, RULE } from './mailingRules.ts';
import { readAll } from './readAll.ts';
import { read } from './schemas.ts';
import { whoami, type ZendeskUser } from './whoami.ts';

/** Looks for what would keep the bridge from its work in Zendesk, or write to people. @throws RequestFailed */
export async function lookAt(http: ZendeskHttp): Promise<DeskFinding[]> {
  const user = await whoami(http);
  const own = accessOf(user);
  if (user.id === '0') return [own];
  return [
    own,
    limitOf(http),
    await triggersOf(http, user),
    await automationsOf(http, user),
    await bulkUsers(http),
  ];
}

function accessOf({ name, lacks }: ZendeskUser): DeskFinding {
  const about = { id: 'desk-access', title: 'Zendesk lets the bridge in, as an administrator' };
  return lacks
    ? { ...about, state: 'blocked', evidence: `as ${name}: ${lacks.why}`, remedy: lacks.remedy }
    : { ...about, state: 'ok', evidence: `as ${name}` };
}

const limitOf = (http: ZendeskHttp): DeskFinding => ({
  id: 'zendesk-limit',
  title: 'Requests to Zendesk a minute',
  state: 'ok',
  evidence: `${http.budget.state.limit}, which all that use the API of the account share`,
});

async function triggersOf(http: ZendeskHttp, user: ZendeskUser): Promise<DeskFinding> {
  const about = {
    id: 'zendesk-triggers',
    title: 'No trigger of Zendesk writes to people for what the bridge does',
  };
  const mailing = mailingTriggers(await rules(http, 'triggers'), user.id);
  if (mailing.length === 0) return { ...about, state: 'ok', evidence: 'none of the active ones' };
  return {
    ...about,
    state: 'warning',
    evidence: `these may: ${mailing.map(quoted).join(', ')}`,
    remedy: `Add to each, under "Meet ALL of the following conditions": Current user, Is not, ${user.name}.`,
  };
}

async function automationsOf(http: ZendeskHttp, user: ZendeskUser): Promise<DeskFinding> {
  const about = { id: 'zendesk-automations', title: 'No automation of Zendesk writes to people' };
  const mailing = mailingAutomations(await rules(http, 'automations'), user.id);
  if (mailing.length === 0) return { ...about, state: 'ok', evidence: 'none of the active ones' };
  return {
    ...about,
    state: 'warning',
    evidence: `these do, for tickets from Salesforce too: ${mailing.map(quoted).join(', ')}`,
    remedy: 'They go by time and not by who wrote: leave them, or let a condition leave such tickets out.',
  };
}

async function bulkUsers(http: ZendeskHttp): Promise<DeskFinding> {
  const about = { id: 'zendesk-bulk-users', title: 'Zendesk takes many new users in one request' };
  if (await mayImportUsers(http)) return { ...about, state: 'ok', evidence: 'bulk imports of users are on' };
  return {
    ...about,
    state: 'warning',
    evidence: 'bulk imports of users are off, so new customers are made one by one',
    remedy: 'Ask Zendesk Support to turn them on if many customers are to be brought over.',
  };
}

/** Asks for nobody to be made: only whether that is allowed is of interest. */
async function mayImportUsers(http: ZendeskHttp): Promise<boolean> {
  try {
    await http.request('POST', 'users/create_many', { users: [] });
    return true;
  } catch (error) {
    if (!(error instanceof RequestFailed)) throw error;
    if (error.failure.class === 'permission') return false;
    // That the list is empty is no reason that an account without the right would give.
    if (error.failure.class === 'validation') return true;
    throw error;
  }
}

const quoted = (title: string) => `"${title}"`;

/** All active rules of a kind. */
async function rules(http: ZendeskHttp, kind: 'triggers' | 'automations') {
  const found = await readAll(http, `${kind}/active`, kind);
  return read(z.array(RULE), found?.entries ?? []);
}
