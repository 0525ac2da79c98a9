import { ok, type Requirement } from './requirement.ts';

/** Editions without the API, or without cases. */
const REFUSED = new Set([
  'Contact Manager Edition',
  'Group Edition',
  'Personal Edition',
  'Database.com Edition',
]);

/** Checks of the org itself: nothing here is changed by setup. */
export const ORG_REQUIREMENTS: readonly Requirement[] = [
  {
    id: 'edition',
    group: 'Org',
    title: 'An edition with cases and the API',
    why: 'Desk Connect works through the API, on accounts, contacts and cases.',
    section: 'Prerequisites',
    check: ({ edition }) =>
      REFUSED.has(edition)
        ? {
            state: 'blocked',
            evidence: edition,
            remedy: 'Desk Connect needs Professional Edition with API access, or above.',
          }
        : ok(edition),
  },
  {
    id: 'sandbox',
    group: 'Org',
    title: 'The org that is meant',
    why: 'A sandbox is fine for trying; its records are not those of production.',
    section: 'Prerequisites',
    check: ({ isSandbox }) =>
      isSandbox
        ? {
            state: 'warning',
            evidence: 'This is a sandbox.',
            remedy: 'Go on if that is what you want. Connect a test site of Desk to it, not the real one.',
          }
        : ok('not a sandbox'),
  },
  {
    id: 'api-calls',
    group: 'Org',
    title: 'API calls left today',
    why: 'The bridge reads and writes through the API; without calls it waits.',
    section: null,
    check: ({ apiCalls: { max, remaining } }) => {
      const evidence = `${remaining.toLocaleString('en')} of ${max.toLocaleString('en')} left`;
      const low = remaining < max / 10;
      return low
        ? {
            state: 'warning',
            evidence,
            remedy: 'Find out what uses them (sf limits api display), or wait until the 24 hours are over.',
          }
        : ok(evidence);
    },
  },
];
