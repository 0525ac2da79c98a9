/** What a relay is told by its environment. */
export type RelaySettings = {
  readonly salesforceUrl: string;
  readonly pubsubUrl: string;
  readonly accessToken: string;
  readonly deskUrl: string;
  /** Of the `authorization` header. */
  readonly deskAuthorization: string;
  /** Of the file in which it keeps how far it is. */
  readonly position: string;
  readonly pollMs: number;
};

const VARIABLE = 'RELAY_SETTINGS';

/** The environment that tells a relay all this. */
export const relayEnvironment = (settings: RelaySettings): NodeJS.ProcessEnv => ({
  [VARIABLE]: JSON.stringify(settings),
});

/** @throws where this process was not started as a relay */
export function relaySettings(): RelaySettings {
  const text = process.env[VARIABLE];
  if (text === undefined) throw new Error(`${VARIABLE} is not set`);
  return JSON.parse(text) as RelaySettings;
}
