import { Messages } from '@salesforce/core';
import { Flags, SfCommand } from '@salesforce/sf-plugins-core';
import { backUpStore, BackupFailed } from '@desk-connect/bridge/store/backup.js';
import { BRIDGE_FLAGS } from '../../../bridge/bridgeCommand.ts';
import { failure } from '../../../errors.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@desk-connect/plugin', 'deskconnect.bridge.backup');

export type BackupResult = { dataDir: string; file: string };

export default class BridgeBackup extends SfCommand<BackupResult> {
  static override readonly summary = messages.getMessage('summary');
  static override readonly description = messages.getMessage('description');
  static override readonly examples = messages.getMessages('examples');
  static override readonly flags = {
    'data-dir': BRIDGE_FLAGS['data-dir'],
    'output-file': Flags.file({
      char: 'f',
      required: true,
      summary: messages.getMessage('flags.output-file.summary'),
    }),
  };

  async run(): Promise<BackupResult> {
    const { flags } = await this.parse(BridgeBackup);
    const { 'data-dir': dataDir, 'output-file': file } = flags;
    try {
      backUpStore(dataDir, file);
    } catch (error) {
      if (!(error instanceof BackupFailed)) throw error;
      throw failure('BackupFailed', [error.message]);
    }
    this.log(messages.getMessage('done', [dataDir, file]));
    return { dataDir, file };
  }
}
