import type { PairKind } from '../../../bridge/src/core/pair.ts';
import type { Fault, Faults } from '../../support/faults.ts';
import type { Upsets } from '../subject.ts';

type Match = Fault['match'];

/** How a server of ours is asked for what. */
type Requests = {
  readonly creates: (pair: PairKind) => Match;
  readonly updates: (pair: PairKind) => Match;
  readonly notes: Match;
  /** Sets how long after the answer the work is done; not for servers that do it before. */
  readonly workLater?: (ms: number) => void;
};

/** What goes wrong, said to a server of ours. */
export function upsets(faults: Faults, requests: Requests): Upsets {
  const lose = (match: Match) => faults.add({ match, action: 'dropAfter' });
  const anything: Match = {};
  return {
    loseCreation: (pair) => lose(requests.creates(pair)),
    loseUpdate: (pair) => lose(requests.updates(pair)),
    loseNote: () => lose(requests.notes),
    refuse: (status, times, retryAfterSeconds) =>
      faults.add({
        match: anything,
        action: 'status',
        status,
        times,
        body: { message: 'Not now', error: 'NotNow', description: 'Not now' },
        headers:
          retryAfterSeconds === undefined
            ? {}
            : // Of the site's limit there is nothing left: it is not one of a single record.
              { 'retry-after': String(retryAfterSeconds), 'x-rate-limit-remaining': '0' },
      }),
    cut: (times) => faults.add({ match: anything, action: 'dropBefore', times }),
    garble: (times) =>
      faults.add({
        match: anything,
        action: 'status',
        status: 200,
        times,
        body: '<!DOCTYPE html><title>We will be back soon</title>',
      }),
    workLater: (ms) => requests.workLater?.(ms),
    clear: () => {
      faults.clear();
      requests.workLater?.(0);
    },
  };
}
