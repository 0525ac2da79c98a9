import * as z from 'zod';
import type { DeskWrite, TypedValue } from '../ports/helpDesk.ts';
import type { ZendeskHttp } from './http.ts';
import { readAll } from './readAll.ts';
import { refusalOf } from './refusal.ts';
import { id, read } from './schemas.ts';

const identity = z.object({ id, type: z.string(), value: z.string(), primary: z.boolean().nullish() });
type Identity = z.infer<typeof identity>;
type Refusal = Exclude<DeskWrite, { outcome: 'done' }>;

const same = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase();

/** The e-mail addresses of a user; none where the user is gone. */
export async function emailsOf(http: ZendeskHttp, userId: string): Promise<Identity[]> {
  const all = await readAll(http, `users/${userId}/identities`, 'identities');
  return (all?.entries ?? []).map((entry) => read(identity, entry)).filter(({ type }) => type === 'email');
}

/**
 * Makes the first of the addresses the primary one: by writing it over the one that is, or, where the user has it
 * already, by making that one primary. Further addresses are added. What else the user has stays, for a record shows
 * the primary one alone; only where none is wanted, the primary one is taken away. Null when it is done.
 */
export async function setEmails(
  http: ZendeskHttp,
  userId: string,
  wanted: readonly TypedValue[],
): Promise<Refusal | null> {
  const path = `users/${userId}/identities`;
  const known = await emailsOf(http, userId);
  const primary = known.find((one) => one.primary) ?? known[0];
  const [first, ...others] = wanted.map(({ value }) => value);
  const steps: (readonly [method: 'POST' | 'PUT' | 'DELETE', path: string, body?: object])[] = [];
  const add = (value: string) =>
    ['POST', path, { identity: { type: 'email', value, skip_verify_email: true } }] as const;
  const has = (value: string) => known.find((one) => same(one.value, value));
  let overwritten: string | null = null;
  if (first === undefined) {
    const next = known.find((one) => one !== primary);
    if (primary && next) steps.push(['PUT', `${path}/${next.id}/make_primary`]);
    if (primary) steps.push(['DELETE', `${path}/${primary.id}`]);
  } else if (!primary) steps.push(add(first));
  else if (!same(primary.value, first)) {
    const other = has(first);
    if (other) steps.push(['PUT', `${path}/${other.id}/make_primary`]);
    else {
      steps.push(['PUT', `${path}/${primary.id}`, { identity: { value: first } }]);
      overwritten = primary.value;
    }
  }
  for (const value of others) if (!has(value) || same(value, overwritten ?? '')) steps.push(add(value));
  for (const [method, where, body] of steps) {
    const answer = await http.request(method, where, body);
    if (answer.status >= 400) return refusalOf(answer.status, answer.body);
  }
  return null;
}
