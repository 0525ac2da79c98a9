import { Messages } from '@salesforce/core/messages';
import * as Flags from '@oclif/core/flags';
import { failure } from '../errors.ts';
import { LightCommand } from '../ux/lightCommand.ts';
import { bridgeClient, isRunning, type BridgeClient } from './bridgeClient.ts';
import { isConfigured } from './bridgeFiles.ts';
import type { OwnBridge } from './ownBridge.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@desk-connect/plugin', 'bridge');

export const CONFIG_FLAG = {
  'config-dir': Flags.directory({
    summary: messages.getMessage('flags.config-dir.summary'),
    default: 'desk-connect',
  }),
};

/** Flags of every command that talks to a bridge. */
export const BRIDGE_FLAGS = {
  ...CONFIG_FLAG,
  'bridge-url': Flags.string({
    summary: messages.getMessage('flags.bridge-url.summary'),
    default: 'http://127.0.0.1:8377',
  }),
  'data-dir': Flags.directory({
    summary: messages.getMessage('flags.data-dir.summary'),
    default: 'desk-connect/data',
    env: 'DESKCONNECT_DATA',
  }),
};

export const RECORD_FLAG = Flags.string({
  char: 'r',
  required: true,
  summary: messages.getMessage('flags.record.summary'),
});

export type BridgeFlags = {
  readonly 'bridge-url': string;
  readonly 'data-dir': string;
  readonly 'config-dir': string;
};

/** A record that waits for its parent may wait for long: the next bridge goes on with it. */
const PATIENCE_MS = 30_000;

/** A command that talks to a bridge: the one that runs, or one of its own where none runs. */
export abstract class BridgeCommand<T> extends LightCommand<T> {
  #own: OwnBridge | null = null;

  /** Where none runs and nothing says how to reach both sides, the first request throws BridgeNotRunning. */
  protected async bridge(flags: BridgeFlags): Promise<BridgeClient> {
    if ((await isRunning(flags['bridge-url'])) || !isConfigured(flags['config-dir']))
      return bridgeClient(flags['bridge-url'], flags['data-dir']);
    (await this.framework()).info(messages.getMessage('own'));
    try {
      // The whole of a bridge: only who has to run one loads it.
      const [{ startOwnBridge }, { bridgeConfig }] = await Promise.all([
        import('./ownBridge.ts'),
        import('./bridgeConfig.ts'),
      ]);
      this.#own = await startOwnBridge(bridgeConfig(flags['config-dir']));
    } catch (error) {
      throw failure('BridgeNotStarted', [error instanceof Error ? error.message : String(error)]);
    }
    return this.#own.client;
  }

  protected override async finally(error: Error | undefined): Promise<unknown> {
    await this.#own?.close(error ? 0 : PATIENCE_MS);
    return super.finally(error);
  }
}
