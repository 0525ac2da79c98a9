import { Messages } from '@salesforce/core/messages';
import * as Flags from '@oclif/core/flags';
import { readConfigFile } from '../../../config/fileHome.ts';
import { EDIT_FLAGS, EditCommand, type EditResult } from '../../../config/editCommand.ts';
import { failure } from '../../../errors.ts';
import { existsSync } from 'node:fs';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@desk-connect/plugin', 'deskconnect.config.import');

export default class ConfigImport extends EditCommand {
  static override readonly summary = messages.getMessage('summary');
  static override readonly description = messages.getMessage('description');
  static override readonly examples = messages.getMessages('examples');
  static override readonly flags = {
    ...EDIT_FLAGS,
    'input-file': Flags.file({ required: true, summary: messages.getMessage('flags.input-file.summary') }),
  };

  async run(): Promise<EditResult> {
    const { flags } = await this.parse(ConfigImport);
    const path = flags['input-file'];
    if (!existsSync(path)) throw failure('ConfigFileUnreadable', [path, 'it is not there']);
    const wanted = readConfigFile(path);
    return this.edit(flags, () => wanted);
  }
}
