import { setTimeout as pause } from 'node:timers/promises';
import { zendeskAuthorization } from '@desk-connect/bridge/desks/zendesk.js';
import type { DeskSite } from '@desk-connect/bridge/desks/deskType.js';
import { failure } from '../errors.ts';

const TIMEOUT_MS = 30_000;
const POLL_MS = 500;
/** A build takes seconds. */
const PATIENCE_MS = 120_000;

type Answer = Readonly<Record<string, unknown>>;

/** Calls Zendesk's API for apps. Text is given where the answer is no JSON. @throws DeskRefused */
export async function callApps(
  site: DeskSite,
  method: 'GET' | 'POST' | 'PUT',
  path: string,
  sent?: object | FormData,
): Promise<{ readonly body: Answer; readonly text: string }> {
  const isForm = sent instanceof FormData;
  try {
    const response = await fetch(`${site.url}/api/v2/apps${path}`, {
      method,
      // A redirect could lead the credentials to another host.
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: {
        accept: 'application/json',
        authorization: zendeskAuthorization(site),
        ...(sent === undefined || isForm ? {} : { 'content-type': 'application/json' }),
      },
      ...(sent === undefined ? {} : { body: isForm ? sent : JSON.stringify(sent) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${response.status} ${wordsOf(text)}`.trim());
    return { text, body: parsed(text) };
  } catch (error) {
    throw failure('DeskRefused', [
      `${site.url}/api/v2/apps${path}`,
      error instanceof Error ? error.message : String(error),
    ]);
  }
}

/** Waits for a build, and returns the id of its app. @throws DeskRefused with what is wrong with the app */
export async function builtApp(site: DeskSite, jobId: unknown): Promise<number> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    const { body } = await callApps(site, 'GET', `/job_statuses/${encodeURIComponent(String(jobId))}.json`);
    if (body['status'] === 'completed' && Number.isSafeInteger(body['app_id'])) return Number(body['app_id']);
    const failed = body['status'] === 'failed' || body['status'] === 'completed';
    if (failed || Date.now() > deadline)
      throw failure('DeskRefused', [site.url, String(body['message'] ?? 'the app is not built in time')]);
    await pause(POLL_MS);
  }
}

function parsed(text: string): Answer {
  try {
    const body = JSON.parse(text) as unknown;
    return typeof body === 'object' && body !== null ? (body as Answer) : {};
  } catch {
    return {};
  }
}

function wordsOf(text: string): string {
  const { error, description } = parsed(text);
  const inner = (error as { message?: unknown } | null | undefined)?.message;
  return [description, inner, error].find((one) => typeof one === 'string') ?? '';
}
