import { Messages } from '@salesforce/core/messages';
import * as Flags from '@oclif/core/flags';
import { checkConfig } from '@desk-connect/bridge/core/config/checkConfig.js';
import type { ConfigProblem } from '@desk-connect/bridge/core/config/configProblem.js';
import { HOME_FLAGS, HomeCommand } from '../../../config/homeCommand.ts';
import { problemLines } from '../../../config/problemLines.ts';
import { readDescribes, saveDescribes } from '../../../config/readDescribes.ts';
import { shown } from '../../../ux/terminal.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@desk-connect/plugin', 'deskconnect.config.check');

export type ConfigCheckResult = { errors: number; warnings: number; problems: ConfigProblem[] };

const FAILED = 1;
/** With --strict: it can be used, and something is lost by it. */
const WARNED = 2;

export default class ConfigCheck extends HomeCommand<ConfigCheckResult> {
  static override readonly summary = messages.getMessage('summary');
  static override readonly description = messages.getMessage('description');
  static override readonly examples = messages.getMessages('examples');
  static override readonly flags = {
    ...HOME_FLAGS,
    'save-describe': Flags.file({
      summary: messages.getMessage('flags.save-describe.summary'),
      exclusive: ['describe'],
    }),
    strict: Flags.boolean({ default: false, summary: messages.getMessage('flags.strict.summary') }),
  };

  async run(): Promise<ConfigCheckResult> {
    const { flags } = await this.parse(ConfigCheck);
    const { config, problems: unread } = await (await this.home(flags)).read();
    const describes = await readDescribes(this.describeSource(flags), config);
    if (flags['save-describe'] !== undefined) saveDescribes(flags['save-describe'], describes);
    const problems = [...unread, ...checkConfig(config, describes)];
    const errors = problems.filter(({ level }) => level === 'error').length;
    for (const line of problemLines(problems)) this.log(shown(line));
    this.log(messages.getMessage('done', [errors, problems.length - errors]));
    if (errors > 0) process.exitCode = FAILED;
    else if (flags.strict && problems.length > 0) process.exitCode = WARNED;
    return { errors, warnings: problems.length - errors, problems };
  }
}
