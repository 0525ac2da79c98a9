import { createHash } from 'node:crypto';
import type { Answer } from './account.ts';
import { badRequest } from './problem.ts';

const KEPT_MS = 2 * 3_600_000;
const LONGEST = 255;

/** Answers to tickets that were created with an Idempotency-Key, given again to whoever asks again. */
export class IdempotentAnswers {
  readonly #kept = new Map<string, { hash: string; answer: Answer; at: number }>();
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** @throws 400 where the key came with another request before */
  once(key: string, body: Buffer, run: () => Answer): Answer {
    if (key.length > LONGEST)
      throw badRequest('IdempotentRequestError', `The key is longer than ${LONGEST} characters`);
    const hash = createHash('sha256').update(body).digest('hex');
    const kept = this.#kept.get(key);
    if (kept && this.#now() - kept.at < KEPT_MS) {
      if (kept.hash !== hash)
        throw badRequest(
          'IdempotentRequestError',
          "Request parameters don't match the given idempotency key",
        );
      return told(kept.answer, 'hit');
    }
    const answer = run();
    this.#kept.set(key, { hash, answer, at: this.#now() });
    return told(answer, 'miss');
  }
}

const told = (answer: Answer, lookup: 'hit' | 'miss'): Answer => ({
  ...answer,
  headers: { ...answer.headers, 'x-idempotency-lookup': lookup },
});
