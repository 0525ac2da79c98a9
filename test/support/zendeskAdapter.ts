import type { HelpDesk } from '../../bridge/src/ports/helpDesk.ts';
import { createZendesk } from '../../bridge/src/zendesk/createZendesk.ts';
import type { LocalZendesk } from '../zendesk/startZendesk.ts';

/** A clock of both sides that goes on by each wait, which is over at once. */
export type JumpingClock = {
  time: number;
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
};

export function jumpingClock(time: number): JumpingClock {
  const clock = {
    time,
    now: () => clock.time,
    wait: (ms: number) => {
      clock.time += ms;
      return Promise.resolve();
    },
  };
  return clock;
}

/** An adapter that calls a local Zendesk as its administrator. */
export function adapterFor(
  { url, adminEmail: email, apiTokens: [token = ''] }: LocalZendesk,
  clock: JumpingClock,
): HelpDesk {
  return createZendesk({ url, auth: { kind: 'token', email, token }, clock });
}
