import { RELAXED, SESSION_SETTINGS } from '../merge/sessionSettings.ts';
import { pathParts } from '../org/manifest.ts';
import type { Change } from '../requirements/requirement.ts';

const KIND: Readonly<Record<string, string>> = {
  applications: 'app',
  flexipages: 'Lightning page',
  flows: 'flow',
  labels: 'labels',
  layouts: 'layout',
  lwc: 'component',
  objectTranslations: 'translation',
  objects: 'object',
  permissionsets: 'permission set',
  platformEventChannelMembers: 'channel member',
  platformEventChannels: 'channel',
  quickActions: 'quick action',
  reports: 'report',
  reportTypes: 'report type',
  tabs: 'tab',
  translations: 'translation',
};

/** What happens to one thing: `+` is made, `~` is changed; the details say old and new. */
export type ChangeLine = {
  readonly sign: '+' | '~';
  readonly what: string;
  readonly details: readonly string[];
};

/** A change in words, for the plan. */
export function describeChange(change: Change): ChangeLine {
  switch (change.kind) {
    case 'addValues':
      return {
        sign: '~',
        what: `values of ${change.valueSet}`,
        details: [
          `${change.before.join(', ')} → ${[...change.before, ...change.values.map((value) => value.fullName)].join(', ')}`,
        ],
      };
    case 'allow':
      return {
        sign: '~',
        what: 'support processes and record types of Case',
        details: change.allowances.map(
          ({ fullName, picklist, values }) => `${fullName}: ${picklist} + ${values.join(', + ')}`,
        ),
      };
    case 'addToLayout':
      return {
        sign: '~',
        what: `layout ${change.layout}`,
        details: [
          ...change.additions.relatedLists.map((list) => `+ related list ${list.name}`),
          ...change.additions.fields.map((field) => `+ field ${field}`),
        ],
      };
    case 'placeComponent':
      return { sign: '~', what: `Lightning page ${change.page}`, details: ['+ component deskSyncStatus'] };
    case 'relaxSessions':
      return {
        sign: '~',
        what: 'session settings',
        details: SESSION_SETTINGS.flatMap((name) => {
          const [old = 'unknown', relaxed = ''] = [change.before[name], RELAXED[name]];
          return old === relaxed ? [] : [`${name}: ${old} → ${relaxed}`];
        }),
      };
    case 'activateFlow':
      return { sign: '~', what: `flow ${change.flow} activated`, details: [] };
    case 'assign':
      return {
        sign: '+',
        what: `permission set ${change.permissionSet} assigned to ${change.username}`,
        details: [],
      };
    case 'deploy': {
      const { folder, name } = pathParts(change.path.startsWith('lwc/') ? `${change.path}/` : change.path);
      return {
        sign: change.isNew ? '+' : '~',
        what: `${KIND[folder] ?? 'file'} ${name}`,
        details: change.differs,
      };
    }
  }
}
