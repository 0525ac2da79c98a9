import type { Change } from '../requirements/requirement.ts';
import { nameOf } from '../requirements/toDeploy.ts';

const KIND: Readonly<Record<string, string>> = {
  objects: 'object',
  platformEventChannels: 'channel',
  platformEventChannelMembers: 'channel member',
  flows: 'flow',
  labels: 'labels',
  lwc: 'component',
  permissionsets: 'permission set',
};

/** One line of the plan: a sign, and what happens to what. */
export function describeChange(change: Change): string {
  switch (change.kind) {
    case 'addValues':
      return `~ ${change.valueSet}: + ${change.values.map((value) => value.fullName).join(', + ')} (all other values stay)`;
    case 'assign':
      return `+ permission set ${change.permissionSet} assigned to ${change.username}`;
    case 'deploy':
      return `${change.isNew ? '+' : '~'} ${KIND[change.path.split('/')[0] ?? ''] ?? 'file'} ${nameOf(change.path)}`;
  }
}
