import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { waitFor } from '../../support/waitFor.ts';
import type { World } from '../../support/world.ts';
import { relayEnvironment } from './relaySettings.ts';

/** The bridge's own default, and what the polling relay is given too. */
export const POLL_MS = 10_000;
const LONG = 900_000;
/** A relay that has sent nothing for so long has carried all events. */
const SILENT_MS = 2_000;

export type Running = {
  /** Where it runs. */
  readonly child: ChildProcess;
  /** Resolves once it does no more for what has arrived: its echoes, its notes. */
  settle(): Promise<void>;
  stop(): Promise<unknown>;
};
/** Somebody who carries changes from one side to the other, in a process of its own. */
export type Contender = { readonly name: string; start(): Promise<Running> };

/** The bridge as it is by default, on its embedded store. */
export function bridgeOf(world: World, env: NodeJS.ProcessEnv = {}): Contender {
  return {
    name: 'Desk Connect',
    start: async () => {
      const bridge = await world.startBridge({ DESKCONNECT_POLL_SECONDS: String(POLL_MS / 1_000), ...env });
      const rested = () =>
        waitFor(
          'the bridge to have done all',
          async () => (await bridge.status()).pairs['waiting'] === 0,
          LONG,
        );
      await rested();
      return {
        child: bridge.child,
        settle: async () => {
          await rested();
          // Desk's feed tells of the bridge's own writes with its next poll.
          await pause(POLL_MS + 2_000);
          await rested();
        },
        stop: () => bridge.stop(),
      };
    },
  };
}

/** A relay of this folder; it begins with what changes once it runs. */
export function relayOf(world: World, name: string, file: string): Contender {
  const { org, desk, bridgeToken } = world;
  const authorization = `Basic ${Buffer.from(`${desk.email}:${desk.password}`).toString('base64')}`;
  return {
    name,
    start: async () => {
      const folder = mkdtempSync(join(tmpdir(), 'deskconnect-relay-'));
      const settings = {
        salesforceUrl: org.url,
        pubsubUrl: org.pubsubUrl,
        accessToken: bridgeToken,
        deskUrl: desk.url,
        deskAuthorization: authorization,
        position: join(folder, 'position.sqlite'),
        pollMs: POLL_MS,
      };
      const program = fileURLToPath(new URL(file, import.meta.url));
      const child = spawn(process.execPath, ['--conditions=source', program], {
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
        env: { ...process.env, ...relayEnvironment(settings) },
      });
      const end = once(child, 'exit');
      const ready = await Promise.race([once(child, 'message'), end.then(() => null)]);
      if (ready === null) throw new Error(`The ${name} ended with ${child.exitCode ?? child.signalCode}`);
      return {
        child,
        settle: () => silence(world),
        stop: async () => {
          child.kill('SIGTERM');
          await end;
          rmSync(folder, { recursive: true });
        },
      };
    },
  };
}

/** Resolves once nobody has asked anything of either side for a while. */
async function silence({ org, desk }: World): Promise<void> {
  for (let before = -1, now = 0; now !== before;) {
    before = now;
    await pause(SILENT_MS);
    now = org.org.calls.length + desk.calls.length;
  }
}
