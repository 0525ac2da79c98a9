import { Messages } from '@salesforce/core/messages';
import { existsSync } from 'node:fs';
import * as Flags from '@oclif/core/flags';
import { configDiff, type ConfigChange } from '@desk-connect/bridge/core/config/configDiff.js';
import { CONFIG_FILE } from '@desk-connect/bridge/core/config/configFile.js';
import { readConfigFile, writeConfigFile } from '../../../config/fileHome.ts';
import { HOME_FLAGS, HomeCommand } from '../../../config/homeCommand.ts';
import { changeLines } from '../../../config/problemLines.ts';
import { failure } from '../../../errors.ts';
import { shown } from '../../../ux/terminal.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@desk-connect/plugin', 'deskconnect.config.export');

export type ConfigExportResult = { path: string; changes: ConfigChange[] };

export default class ConfigExport extends HomeCommand<ConfigExportResult> {
  static override readonly summary = messages.getMessage('summary');
  static override readonly description = messages.getMessage('description');
  static override readonly examples = messages.getMessages('examples');
  static override readonly flags = {
    ...HOME_FLAGS,
    'output-file': Flags.file({
      default: CONFIG_FILE,
      summary: messages.getMessage('flags.output-file.summary'),
    }),
    force: Flags.boolean({ default: false, summary: messages.getMessage('flags.force.summary') }),
  };

  async run(): Promise<ConfigExportResult> {
    const { flags } = await this.parse(ConfigExport);
    const path = flags['output-file'];
    const config = await this.readHome(flags);
    const isNew = !existsSync(path);
    const changes = isNew ? [] : configDiff(readConfigFile(path), config);
    for (const line of changeLines(changes)) this.log(shown(line));
    if (changes.length > 0 && !flags.force) throw failure('FileDiffers', [path]);
    writeConfigFile(path, config);
    this.log(messages.getMessage('done', [path]));
    return { path, changes };
  }
}
