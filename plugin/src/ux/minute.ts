/**
 * Flags of waits are whole minutes. To name the default of one that holds a duration, the CLI would load the command, and
 * with it the framework, for a help that it can tell from the manifest.
 */
export const MINUTE_MS = 60_000;
