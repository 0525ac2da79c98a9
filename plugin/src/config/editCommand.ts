import { Messages } from '@salesforce/core/messages';
import * as Flags from '@oclif/core/flags';
import { checkConfig } from '@desk-connect/bridge/core/config/checkConfig.js';
import { configDiff, type ConfigChange } from '@desk-connect/bridge/core/config/configDiff.js';
import { formatConfigFile } from '@desk-connect/bridge/core/config/configFile.js';
import type { ConfigProblem } from '@desk-connect/bridge/core/config/configProblem.js';
import type { SyncConfig } from '@desk-connect/bridge/core/config/syncConfig.js';
import { isRunning } from '../bridge/bridgeClient.ts';
import { failure } from '../errors.ts';
import type { Report } from '../fullSync/answers.ts';
import { reportRows } from '../fullSync/reportLines.ts';
import { watchPreview } from '../fullSync/watch.ts';
import { HOME_FLAGS, HomeCommand, type HomeFlags } from './homeCommand.ts';
import { changeLines, problemLines } from './problemLines.ts';
import { readDescribes } from './readDescribes.ts';
import { isLive, shown } from '../ux/terminal.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@desk-connect/plugin', 'config');

/** Flags of every command that changes a config. */
export const EDIT_FLAGS = {
  ...HOME_FLAGS,
  'dry-run': Flags.boolean({ summary: messages.getMessage('flags.dry-run.summary'), default: false }),
  'no-prompt': Flags.boolean({
    char: 'p',
    summary: messages.getMessage('flags.no-prompt.summary'),
    default: false,
  }),
  preview: Flags.boolean({
    summary: messages.getMessage('flags.preview.summary'),
    default: true,
    allowNo: true,
  }),
  sync: Flags.boolean({ summary: messages.getMessage('flags.sync.summary'), default: false }),
};

export type EditFlags = HomeFlags & {
  readonly 'bridge-url': string;
  readonly 'data-dir': string;
  readonly 'dry-run': boolean;
  readonly 'no-prompt': boolean;
  readonly preview: boolean;
  readonly sync: boolean;
};

export type EditResult = {
  /** `nothing`: it was so already. `planned`: a dry run. `done`: it was written. */
  outcome: 'nothing' | 'planned' | 'done';
  changes: ConfigChange[];
  warnings: ConfigProblem[];
  /** What a full sync would do then; null where no bridge was asked. */
  preview: Report | null;
  /** Whether the bridge has taken it over; null where none runs, and it does when it next looks. */
  taken: boolean | null;
};

const PREVIEW_MS = 10 * 60_000;

/** A command that changes a config: checks the result, shows what it means, asks, writes, and tells the bridge. */
export abstract class EditCommand extends HomeCommand<EditResult> {
  protected async edit(flags: EditFlags, change: (config: SyncConfig) => SyncConfig): Promise<EditResult> {
    const home = await this.home(flags);
    const { config: before, problems } = await home.read();
    if (problems.some(({ level }) => level === 'error'))
      throw failure('ConfigInvalid', [problemLines(problems).join('\n')]);
    const after = change(before);
    const changes = configDiff(before, after);
    if (changes.length === 0) {
      this.log(messages.getMessage('nothing'));
      return { outcome: 'nothing', changes, warnings: [], preview: null, taken: null };
    }
    const warnings = await this.#check(flags, before, after);
    for (const line of changeLines(changes)) this.log(shown(line));
    for (const line of problemLines(warnings)) this.log(shown(line));
    // Switched off, a full sync does nothing: what it would do otherwise is no answer.
    const preview = flags.preview && after.enabled ? await this.#preview(flags, after) : null;
    if (flags['dry-run']) return { outcome: 'planned', changes, warnings, preview, taken: null };
    if (!flags['no-prompt']) await this.#agree(home.name);
    await home.write(after);
    this.log(messages.getMessage('written', [home.name]));
    const taken = await this.#tell(flags, after.enabled);
    return { outcome: 'done', changes, warnings, preview, taken };
  }

  /** What is wrong with it ends the command; what was warned of before is no news. @throws ConfigInvalid */
  async #check(flags: EditFlags, before: SyncConfig, after: SyncConfig): Promise<ConfigProblem[]> {
    const describes = await readDescribes(this.describeSource(flags), after);
    const found = checkConfig(after, describes);
    const errors = found.filter(({ level }) => level === 'error');
    if (errors.length > 0) throw failure('ConfigInvalid', [problemLines(errors).join('\n')]);
    const known = new Set(
      checkConfig(before, describes).map(({ record, message }) => `${record} ${message}`),
    );
    return found.filter(({ record, message }) => !known.has(`${record} ${message}`));
  }

  /** What it means for the records that are there: the bridge works out what a full sync would do then. */
  async #preview(flags: EditFlags, after: SyncConfig): Promise<Report | null> {
    if (!(await isRunning(flags['bridge-url']))) {
      this.log(messages.getMessage('noPreview'));
      return null;
    }
    const { spinner } = await this.framework();
    spinner.start(messages.getMessage('previewing'));
    const report = await watchPreview(
      await this.bridge(flags),
      { timeoutMs: PREVIEW_MS, now: Date.now, config: formatConfigFile(after) },
      (records) => {
        if (isLive()) spinner.status = String(records);
      },
    );
    spinner.stop();
    const rows = reportRows(report);
    if (rows.length === 0) this.log(messages.getMessage('previewEmpty'));
    else await this.table(rows, messages.getMessage('preview'));
    return report;
  }

  async #agree(name: string): Promise<void> {
    const asked = process.stdin.isTTY && !this.jsonEnabled();
    if (
      asked &&
      (await (await this.framework()).confirm({ message: messages.getMessage('confirm', [name]) }))
    )
      return;
    throw failure('NeedsConfirmation');
  }

  /** A bridge that runs takes it over at once; any other does when it next looks, or starts. */
  async #tell(flags: EditFlags, enabled: boolean): Promise<boolean | null> {
    if (!(await isRunning(flags['bridge-url']))) {
      this.log(messages.getMessage('later'));
      return null;
    }
    const bridge = await this.bridge(flags);
    await bridge.post('/control/config', {});
    this.log(messages.getMessage('taken'));
    if (flags.sync) {
      await bridge.post('/control/full-sync', { dryRun: false });
      this.log(messages.getMessage('syncing'));
    } else if (enabled) this.log(messages.getMessage('offer'));
    return true;
  }
}
