import { ok, type Requirement } from './requirement.ts';

const PERMISSION_SET = 'Desk_Connect_Integration';

export const USER_REQUIREMENTS: readonly Requirement[] = [
  {
    id: 'integration-user',
    group: 'Permissions',
    title: 'An active integration user',
    why: 'The bridge acts as this user.',
    section: 'Establishing Integration User Profile Requirements',
    check: ({ user }) =>
      user.active
        ? ok(`${user.username} (${user.profile})`)
        : {
            state: 'blocked',
            evidence: `${user.username} is not active`,
            remedy: 'Activate the user in Setup, Users, or name another one with --integration-user.',
          },
  },
  {
    id: 'assignment',
    group: 'Permissions',
    title: 'The permission set is assigned',
    why: 'It gives the integration user the objects and fields of the original, and Edit Case Comments.',
    section: 'Establishing Permission Settings',
    check: ({ user }) =>
      user.permissionSets.includes(PERMISSION_SET)
        ? ok(`assigned to ${user.username}`)
        : {
            state: 'missing',
            evidence: `not assigned to ${user.username}`,
            changes: [{ kind: 'assign', permissionSet: PERMISSION_SET, username: user.username }],
          },
  },
];
