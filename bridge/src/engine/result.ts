import { PARENT_FIRST, type Failure } from '../core/failure.ts';
import { notCarriedText } from '../core/explainDecision.ts';
import type { NotCarried } from '../core/mergeFields.ts';
import { retryDelay } from '../core/retry.ts';
import type { LinkChange } from '../ports/org.ts';
import type { LogEntry, Pair, Settlement } from '../store/store.ts';
import type { Engine } from './engine.ts';

/** What a round did to one pair: how it ended, and what the log says of it. */
export type Result = { readonly settlement: Settlement; readonly log: readonly LogEntry[] };

export const GONE = { class: 'gone', code: 'GONE', message: 'The record was deleted meanwhile.' } as const;

/** The result of a failure: tried again later where that can help, parked where it can't. */
export function failed(engine: Engine, pair: Pair, failure: Failure): Result {
  const delay = retryDelay(failure, pair.attempts + 1, engine.random());
  const settlement: Settlement =
    delay === null
      ? { kind: 'parked', pair, failure }
      : { kind: 'retry', pair, failure, dueAt: Math.ceil(engine.now() + delay) };
  // That a parent is being made is no news, nor that a record still waits for one that fails.
  const log: LogEntry[] =
    failure.code === PARENT_FIRST || (failure.class === 'missingParent' && pair.attempts > 0)
      ? []
      : [
          entry(
            pair,
            delay === null ? 'error' : 'warn',
            failure.class,
            `${failure.code}: ${failure.message}`,
          ),
        ];
  return { settlement, log };
}

/** What a link says of a failure. */
export function failing({ class: failureCause, code, message }: Failure): LinkChange {
  return { status: 'Failing', lastError: `${code}: ${message}`, failureCause };
}

/** What a link says besides, where somebody asked for something on it: that it was answered. */
export function answerTo({ asked }: Pair): Pick<LinkChange, 'requestedAction'> {
  return asked === null ? {} : { requestedAction: null };
}

/** What the log says of the fields that a new record goes without. */
export function leftOut(pair: Pair, fields: readonly NotCarried[]): LogEntry[] {
  if (fields.length === 0) return [];
  return [entry(pair, 'warn', 'notCarried', `Not carried: ${notCarriedText(fields)}.`)];
}

export function entry(pair: Pair, level: LogEntry['level'], rule: string, text: string): LogEntry {
  return { level, pair: pair.pair, salesforceId: pair.salesforceId, deskId: pair.deskId, rule, text };
}
