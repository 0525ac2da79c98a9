import type { ConfigProblem } from '@desk-connect/bridge/core/config/configProblem.js';
import type { SyncConfig } from '@desk-connect/bridge/core/config/syncConfig.js';

/** A config as it is kept somewhere, and what cannot be read of it. */
export type KeptConfig = { readonly config: SyncConfig; readonly problems: readonly ConfigProblem[] };

/** Where a config is kept: custom metadata in an org, or a file. */
export type ConfigHome = {
  /** What people call it. */
  readonly name: string;
  read(): Promise<KeptConfig>;
  /** Puts the config in the place of the one that is there, whole or not at all. */
  write(config: SyncConfig): Promise<void>;
};
