import { Command } from '@oclif/core/command';
import { directory } from '@oclif/core/flags';
import { ux } from '@oclif/core/ux';
import { Messages } from '@salesforce/core/messages';
import type { SfCommand } from '@salesforce/sf-plugins-core';
import type { Framework } from './framework.ts';
import { gathered } from './gathered.ts';
import { tableLines, type TableRow } from './tableLines.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@desk-connect/plugin', 'light');

/** The framework's colours of JSON. */
const THEME = {
  key: 'blueBright',
  string: 'greenBright',
  number: 'blue',
  boolean: 'redBright',
  null: 'blackBright',
};
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGBREAK', 'SIGHUP'] as const;
const STOPPED = 130;

/** What says how the framework's tables look. */
const TABLE_SETTING = /^(?:SF|OCLIF)_.*TABLE/;

/**
 * A command that behaves as one of the framework (SfCommand) and loads it only for what it alone can do: orgs, errors,
 * progress, questions. To load it takes longer than the CLI itself takes to start.
 */
export abstract class LightCommand<T> extends Command {
  static override readonly enableJsonFlag = true;
  static override readonly baseFlags = {
    'flags-dir': directory({ summary: messages.getMessage('flags.flags-dir.summary'), helpGroup: 'GLOBAL' }),
  };

  #framework: Framework | null = null;

  abstract override run(): Promise<T>;

  /** This command as one of the framework: for questions and progress. */
  protected async framework(): Promise<Framework> {
    if (this.#framework) return this.#framework;
    const loaded = await import('./framework.ts');
    class Own extends loaded.Framework {}
    // By it an error says which command it comes from.
    Object.defineProperty(Own, 'name', { value: this.ctor.name });
    Own.id = this.id ?? '';
    this.#framework = new Own(this.argv, this.config);
    return this.#framework;
  }

  /** A table after its title; by the framework itself for who has set how its tables look. No rows are no table. */
  protected async table(rows: readonly TableRow[], title?: string): Promise<void> {
    if (this.jsonEnabled() || rows.length === 0) return;
    if (Object.keys(process.env).some((name) => TABLE_SETTING.test(name)))
      return (await this.framework()).table({
        data: rows.map((row) => ({ ...row })),
        overflow: 'wrap',
        ...(title === undefined ? {} : { title }),
      });
    if (title !== undefined) this.log(title);
    const isPlain = !['0', 'false', undefined].includes(process.env['CI']);
    for (const line of tableLines(rows, process.stdout.columns || Infinity, isPlain)) this.log(line);
  }

  protected override async _run<R>(): Promise<R> {
    for (const signal of SIGNALS) process.on(signal, () => this.exit(STOPPED));
    return super._run<R>();
  }

  protected override logJson(json: unknown): void {
    ux.stdout(ux.colorizeJson(json, { theme: { ...THEME, ...this.config.theme?.json } }));
  }

  protected override toSuccessJson(result: unknown): SfCommand.Json<unknown> {
    const status = typeof process.exitCode === 'number' ? process.exitCode : 0;
    return { status, result, warnings: this.#framework?.warned() ?? [] };
  }

  protected override async catch(error: Error): Promise<never> {
    return (await this.framework()).fail(error);
  }

  protected override async finally(failed: Error | undefined): Promise<unknown> {
    if (gathered.length > 0) (await this.framework()).warned();
    return super.finally(failed);
  }
}
