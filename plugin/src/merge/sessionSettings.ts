import { parseXml, textOf, type Element } from './xml.ts';

export const SESSION_SETTINGS = [
  'forceLogoutOnSessionTimeout',
  'lockSessionsToIp',
  'sessionTimeout',
] as const;
/** The three settings that the original asked to relax; a value that a file does not say is absent. */
export type SessionValues = Partial<Record<(typeof SESSION_SETTINGS)[number], string>>;

/** What the original asked for: no lock, no forced logout, as long as can be. */
export const RELAXED: SessionValues = {
  forceLogoutOnSessionTimeout: 'false',
  lockSessionsToIp: 'false',
  sessionTimeout: 'TwentyFourHours',
};

export function sessionValues(file: string): SessionValues {
  const sessions: Element | undefined = parseXml(file).children.find(
    (child) => child.name === 'sessionSettings',
  );
  if (!sessions) return {};
  return Object.fromEntries(
    SESSION_SETTINGS.flatMap((name) => {
      const value = textOf(sessions, name);
      return value === null ? [] : [[name, value]];
    }),
  );
}

/** A settings file with these values only: settings are changed, not replaced, so all others stay. */
export function sessionSettingsFile(values: SessionValues): string {
  const lines = SESSION_SETTINGS.flatMap((name) => {
    const value = values[name];
    return value === undefined ? [] : [`        <${name}>${value}</${name}>\n`];
  });
  return `<?xml version="1.0" encoding="UTF-8"?>\n<SecuritySettings xmlns="http://soap.sforce.com/2006/04/metadata">\n    <sessionSettings>\n${lines.join('')}    </sessionSettings>\n</SecuritySettings>\n`;
}
