import { createHmac, randomUUID } from 'node:crypto';
import type { Webhook } from './records.ts';

const TIMEOUT_MS = 12_000;
/** Attempts at one invocation whose answer asks for another one. */
const ATTEMPTS = 3;

type Invocation = {
  readonly id: string;
  readonly webhookId: string;
  readonly body: string;
  /** Of the last attempt. */
  headers: Readonly<Record<string, string>>;
  /** What the endpoint answered, attempt by attempt; 0 where it gave none. */
  readonly answers: number[];
};

/** Sends signed requests to the endpoints of webhooks. */
export class WebhookSender {
  readonly invocations: Invocation[] = [];
  readonly #now: () => number;
  readonly #stop = new AbortController();

  constructor(now: () => number) {
    this.#now = now;
  }

  send(webhook: Webhook, body: string): void {
    if (webhook.status !== 'active') return;
    const invocation: Invocation = {
      id: randomUUID(),
      webhookId: webhook.id,
      body,
      headers: {},
      answers: [],
    };
    this.invocations.push(invocation);
    void this.#deliver(webhook, invocation);
  }

  /** What is still under way is given up. */
  close(): void {
    this.#stop.abort();
  }

  async #deliver(webhook: Webhook, invocation: Invocation): Promise<void> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const status = await this.#attempt(webhook, invocation);
      invocation.answers.push(status);
      if (status !== 409 || this.#stop.signal.aborted) return;
    }
  }

  async #attempt(webhook: Webhook, invocation: Invocation): Promise<number> {
    const { id, body } = invocation;
    const timestamp = `${new Date(this.#now()).toISOString().slice(0, 19)}Z`;
    const signature = createHmac('sha256', webhook.secret).update(`${timestamp}${body}`).digest('base64');
    const headers = {
      'content-type': 'application/json; charset=utf-8',
      'user-agent': 'Zendesk Webhook',
      'x-zendesk-account-id': '1',
      'x-zendesk-webhook-id': webhook.id,
      'x-zendesk-webhook-invocation-id': id,
      'x-zendesk-webhook-signature': signature,
      'x-zendesk-webhook-signature-timestamp': timestamp,
    };
    invocation.headers = headers;
    try {
      const response = await fetch(webhook.endpoint, {
        method: webhook.http_method,
        headers,
        ...(webhook.http_method === 'GET' ? {} : { body }),
        signal: AbortSignal.any([this.#stop.signal, AbortSignal.timeout(TIMEOUT_MS)]),
      });
      await response.arrayBuffer();
      return response.status;
    } catch {
      return 0;
    }
  }
}
