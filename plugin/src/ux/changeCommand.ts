import { Messages } from '@salesforce/core';
import { Flags, SfCommand } from '@salesforce/sf-plugins-core';
import { MultiStageOutput } from '@oclif/multi-stage-output';
import { failure } from '../errors.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@desk-connect/plugin', 'change');

const TARGET_ORG = Flags.requiredOrg();
// To name the default org in a help, the CLI would load the whole framework: a second for a line.
delete TARGET_ORG.defaultHelp;

/** Flags of every command that works on an org. */
export const ORG_FLAGS = {
  'target-org': TARGET_ORG,
  'api-version': Flags.orgApiVersion(),
};

/** Flags of every command that changes an org. */
export const CHANGE_FLAGS = {
  ...ORG_FLAGS,
  'no-prompt': Flags.boolean({
    char: 'p',
    summary: messages.getMessage('flags.no-prompt.summary'),
    default: false,
  }),
  wait: Flags.integer({
    char: 'w',
    min: 1,
    default: 15,
    summary: messages.getMessage('flags.wait.summary'),
  }),
};

/** A command that shows what it will change, asks, and does it in stages. */
export abstract class ChangeCommand<T> extends SfCommand<T> {
  #stages: MultiStageOutput<Record<string, never>> | null = null;

  /** Without a terminal there is nobody to ask, and a change that nobody agreed to is not made. @throws NeedsConfirmation */
  protected async agree(message: string): Promise<void> {
    const asked = process.stdin.isTTY && !this.jsonEnabled();
    if (asked && (await this.confirm({ message }))) return;
    throw failure('NeedsConfirmation');
  }

  /** Shows that these stages begin; nothing with --json. */
  protected begin(title: string, stages: readonly string[]): void {
    if (!this.jsonEnabled()) this.#stages = new MultiStageOutput({ stages, title, jsonEnabled: false });
  }

  protected goto(stage: string): void {
    this.#stages?.goto(stage);
  }

  protected end(): void {
    this.#stages?.stop();
    this.#stages = null;
  }

  protected fail(): void {
    this.#stages?.error();
    this.#stages = null;
  }
}
