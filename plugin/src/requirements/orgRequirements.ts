import { SESSION_SETTINGS, RELAXED, sessionValues } from '../merge/sessionSettings.ts';
import { parseXml, textOf } from '../merge/xml.ts';
import type { OrgView } from '../org/orgView.ts';
import { blocked, missing, ok, warning, type Finding, type Requirement } from './requirement.ts';

/** Editions without the API, or without cases. */
const REFUSED = new Set([
  'Contact Manager Edition',
  'Group Edition',
  'Personal Edition',
  'Database.com Edition',
]);
/** Our metadata says this version; an org that speaks only older ones cannot take it. */
export const API_VERSION = 65;
const NODE = 'Node.js 22.16, or 24 or later';

function sessions({ present, wishes }: OrgView): Finding {
  const file = present.get('settings/Security.settings');
  if (file === undefined)
    return warning('The session settings could not be read.', 'Look at Setup, Session Settings.');
  const values = sessionValues(file);
  const shown = SESSION_SETTINGS.map((name) => `${name} ${values[name] ?? 'unknown'}`).join(', ');
  const asRelaxed = SESSION_SETTINGS.every((name) => values[name] === RELAXED[name]);
  if (wishes.relaxSessions && !asRelaxed) return missing(shown, [{ kind: 'relaxSessions', before: values }]);
  if (values.lockSessionsToIp !== 'true') return ok(shown);
  return warning(
    'Sessions are locked to the IP address from which they started.',
    'Fine while the bridge has one outgoing address. If it has several, clear the lock in Setup, Session Settings, or run setup with --relax-sessions. The time-out and the forced logout may stay: the bridge logs in anew by JWT.',
  );
}

function email({ present }: OrgView): Finding {
  const file = present.get('settings/Case.settings');
  const [settings] =
    file === undefined ? [] : parseXml(file).children.filter((one) => one.name === 'emailToCase');
  if (settings && textOf(settings, 'enableEmailToCase') === 'true') return ok('Email-to-Case is on');
  return warning(
    'Email-to-Case is off, so e-mails of cases cannot be kept as e-mail messages.',
    'They are kept as tasks. Email-to-Case cannot be switched off again, so setup leaves it to you: Setup, Email-to-Case.',
  );
}

/** Checks of the org itself: but for the session settings, on request, nothing here is changed by setup. */
export const ORG_REQUIREMENTS: readonly Requirement[] = [
  {
    id: 'edition',
    group: 'Org',
    title: 'An edition with cases and the API',
    why: 'Desk Connect works through the API, on accounts, contacts and cases.',
    section: 'Prerequisites',
    check: ({ edition }) =>
      REFUSED.has(edition)
        ? blocked(edition, 'Desk Connect needs Professional Edition with API access, or above.')
        : ok(edition),
  },
  {
    id: 'api-version',
    group: 'Org',
    title: `API version ${API_VERSION}.0 or later`,
    why: 'The metadata that is deployed is of that version.',
    section: null,
    check: ({ apiVersion }) =>
      apiVersion < API_VERSION
        ? blocked(
            `${apiVersion}.0`,
            `Leave --api-version and the org-api-version setting out, or set ${API_VERSION}.0 or later.`,
          )
        : ok(`${apiVersion}.0`),
  },
  {
    id: 'sandbox',
    group: 'Org',
    title: 'The org that is meant',
    why: 'The original could not be connected to a sandbox. Desk Connect can; its records are not those of production.',
    section: 'Prerequisites',
    check: ({ isSandbox }) =>
      isSandbox
        ? warning('This is a sandbox.', 'Connect it to a trial site of Desk, not to the one in production.')
        : ok('production, a scratch org or Developer Edition'),
  },
  {
    id: 'person-accounts',
    group: 'Org',
    title: 'Person accounts',
    why: 'Where they are on, their fields have to be granted too.',
    section: 'Contact Objects',
    check: ({ personAccounts }) => ok(personAccounts ? 'on: their fields are granted' : 'off'),
  },
  {
    id: 'api-calls',
    group: 'Org',
    title: 'API calls left today',
    why: 'The bridge reads and writes through the API; without calls it waits.',
    section: null,
    check: ({ apiCalls: { max, remaining } }) => {
      const evidence = `${remaining.toLocaleString('en')} of ${max.toLocaleString('en')} left`;
      return remaining < max / 10
        ? warning(
            evidence,
            'Find out what uses them (sf limits api display), or wait until the 24 hours are over.',
          )
        : ok(evidence);
    },
  },
  {
    id: 'sessions',
    group: 'Org',
    title: 'Session settings',
    why: 'The original asked to weaken them. Logging in by JWT makes that needless, but for sessions that are locked to an address.',
    section: 'Session Settings',
    check: sessions,
  },
  {
    id: 'email',
    group: 'Org',
    title: 'E-mail on cases',
    why: 'Messages of Desk become e-mail messages, which an org keeps only with Email-to-Case.',
    section: 'Case Object Requirements',
    check: email,
  },
  {
    id: 'node',
    group: 'Org',
    title: NODE,
    why: 'The sf CLI and the bridge run on it.',
    section: null,
    check: ({ tools: { node, plugin } }) =>
      runsOn(node)
        ? ok(`Node.js ${node}, plugin ${plugin}`)
        : warning(`Node.js ${node}`, `Install ${NODE} where the bridge runs.`),
  },
];

/** As `engines` of our packages says: with the embedded SQLite, and all that the store asks of it. */
function runsOn(node: string): boolean {
  const [major = 0, minor = 0] = node.split('.').map(Number);
  return major >= 24 || (major === 22 && minor >= 16);
}
