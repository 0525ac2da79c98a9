import pg from 'pg';
import { DUE_CHANNEL } from './noticeDue.ts';
import { showPresence } from './presence.ts';

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

export type Listener = {
  /** Told at each notice, and at each new connection: others may have told something before. */
  readonly onDue: () => void;
  /** The number by which the others see that this bridge is connected; `onPresent` is told once they do. */
  readonly presence: number;
  readonly onPresent: () => void;
};

/**
 * Hears what other bridges make due, and shows them that this one is there, on a connection of its own that is made
 * again when it breaks. What is told meanwhile is found by looking now and then. Returns how to end it.
 */
export function hearDue(url: string, { onDue, presence, onPresent }: Listener): () => Promise<void> {
  let client: pg.Client | null = null;
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  let pause = FIRST_PAUSE_MS;
  const again = (broken: pg.Client) => {
    if (isOver || client !== broken) return;
    client = null;
    timer = setTimeout(() => void connect(), pause);
    timer.unref();
    pause = Math.min(LONGEST_PAUSE_MS, pause * 2);
  };
  const connect = async () => {
    const fresh = new pg.Client({ connectionString: url, application_name: 'desk-connect due' });
    client = fresh;
    fresh.on('error', () => again(fresh));
    fresh.on('end', () => again(fresh));
    fresh.on('notification', onDue);
    try {
      await fresh.connect();
      await fresh.query(`listen ${DUE_CHANNEL}`);
      await showPresence(fresh, presence);
      onPresent();
      pause = FIRST_PAUSE_MS;
      onDue();
    } catch {
      again(fresh);
    }
  };
  void connect();
  return async () => {
    isOver = true;
    clearTimeout(timer);
    await client?.end().catch(() => undefined);
  };
}
