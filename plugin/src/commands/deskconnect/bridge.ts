import { Messages } from '@salesforce/core';
import { SfCommand } from '@salesforce/sf-plugins-core';
import { createLog } from '@desk-connect/bridge/service/log.js';
import { secretsOf } from '@desk-connect/bridge/service/secretsOf.js';
import { serve } from '@desk-connect/bridge/service/serve.js';
import { startProblem } from '@desk-connect/bridge/service/startProblem.js';
import { stopSignal } from '@desk-connect/bridge/service/stopSignal.js';
import { bridgeConfig } from '../../bridge/bridgeConfig.ts';
import { CONFIG_FLAG } from '../../bridge/bridgeCommand.ts';
import { failure } from '../../errors.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@desk-connect/plugin', 'deskconnect.bridge');

export type BridgeResult = { stopped: boolean };

export default class Bridge extends SfCommand<BridgeResult> {
  static override readonly summary = messages.getMessage('summary');
  static override readonly description = messages.getMessage('description');
  static override readonly examples = messages.getMessages('examples');
  static override readonly flags = { ...CONFIG_FLAG };

  async run(): Promise<BridgeResult> {
    const { flags } = await this.parse(Bridge);
    try {
      const config = bridgeConfig(flags['config-dir']);
      // With --json, standard output belongs to the result.
      const log = createLog(
        config.logLevel,
        secretsOf(config),
        this.jsonEnabled() ? process.stderr : process.stdout,
      );
      await serve(config, { log, signal: stopSignal(log) });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw failure('BridgeNotStarted', [startProblem(error) ?? reason]);
    }
    return { stopped: true };
  }
}
