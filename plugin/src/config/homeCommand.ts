import type { Org } from '@salesforce/core';
import { Messages } from '@salesforce/core/messages';
import * as Flags from '@oclif/core/flags';
import type { PairKind } from '@desk-connect/bridge/core/pair.js';
import { BRIDGE_FLAGS, BridgeCommand } from '../bridge/bridgeCommand.ts';
import { failure } from '../errors.ts';
import type { ConfigHome } from './configHome.ts';
import { fileHome } from './fileHome.ts';
import { API_VERSION_FLAG, ORG_FLAG } from './orgFlags.ts';
import { problemLines } from './problemLines.ts';
import type { DescribeSource } from './readDescribes.ts';
import { shown } from '../ux/terminal.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@desk-connect/plugin', 'config');

/** Flags of every command that reads a config. */
export const HOME_FLAGS = {
  ...BRIDGE_FLAGS,
  'target-org': ORG_FLAG(),
  'api-version': API_VERSION_FLAG(),
  file: Flags.file({ char: 'f', summary: messages.getMessage('flags.file.summary') }),
  describe: Flags.file({ exists: true, summary: messages.getMessage('flags.describe.summary') }),
};

/** The pair that a command is about. */
export const PAIR_FLAG = Flags.option({
  options: ['company', 'customer', 'case'] as const satisfies readonly PairKind[],
  summary: messages.getMessage('flags.pair.summary'),
});

/** What names a mapping. */
export const MAPPING_FLAGS = {
  pair: PAIR_FLAG({ required: true }),
  salesforce: Flags.string({ required: true, summary: messages.getMessage('flags.salesforce.summary') }),
  desk: Flags.string({ required: true, summary: messages.getMessage('flags.desk.summary') }),
};

export type HomeFlags = {
  readonly 'target-org'?: Org | undefined;
  readonly 'api-version'?: string | undefined;
  readonly file?: string | undefined;
  readonly describe?: string | undefined;
  readonly 'config-dir': string;
};

const DEPLOY_MS = 15 * 60_000;

/** A command that reads a config, from an org or from a file. */
export abstract class HomeCommand<T> extends BridgeCommand<T> {
  /** @throws NoHome where neither an org nor a file is named */
  protected async home(flags: HomeFlags): Promise<ConfigHome> {
    if (flags.file !== undefined) return fileHome(flags.file);
    const org = flags['target-org'];
    if (!org) throw failure('NoHome');
    // What reads and deploys to an org: only who has one loads it.
    const { orgHome } = await import('./orgHome.ts');
    return orgHome(org.getConnection(flags['api-version']), DEPLOY_MS);
  }

  /** Reads the config, and says what of it cannot be read. */
  protected async readHome(flags: HomeFlags) {
    const kept = await (await this.home(flags)).read();
    for (const line of problemLines(kept.problems)) this.log(shown(line));
    return kept.config;
  }

  protected describeSource(flags: HomeFlags): DescribeSource {
    return { file: flags.describe ?? null, configDir: flags['config-dir'] };
  }
}
