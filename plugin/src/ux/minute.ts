/** Waits are told in whole minutes: the help of a flag that holds a duration has the CLI load the command to name its default. */
export const MINUTE_MS = 60_000;
