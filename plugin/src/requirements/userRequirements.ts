import { elementsNamed, parseXml, textOf } from '../merge/xml.ts';
import { findFile } from '../org/manifest.ts';
import type { OrgView } from '../org/orgView.ts';
import { blocked, missing, ok, warning, type Finding, type Requirement } from './requirement.ts';

const PERMISSION_SET = 'Desk_Connect_Integration';

function user({ user: { active, frozen, username, profile, license } }: OrgView): Finding {
  if (!active)
    return blocked(
      `${username} is not active`,
      'Activate the user in Setup, Users, or name another one with --integration-user.',
    );
  if (frozen)
    return blocked(
      `${username} is frozen`,
      'Unfreeze the user in Setup, Users. Salesforce freezes users whose API traffic comes from anonymising networks.',
    );
  return ok(`${username} (${profile}${license === '' ? '' : `, ${license} licence`})`);
}

/** A log-in by JWT always keeps to the addresses of the profile. */
function loginAddresses({ user: { profileFullName, profile }, present }: OrgView): Finding {
  const file = findFile(present, 'profiles', profileFullName)?.text;
  const ranges = file === undefined ? [] : elementsNamed(parseXml(file), 'loginIpRanges');
  if (ranges.length === 0) return ok(`${profile} is not limited to addresses`);
  const shown = ranges.map((range) => `${textOf(range, 'startAddress')}–${textOf(range, 'endAddress')}`);
  return warning(
    `${profile} may log in from ${shown.join(', ')} only.`,
    'The address from which the bridge goes out must be among them; a log-in by JWT has no exemption.',
  );
}

export const USER_REQUIREMENTS: readonly Requirement[] = [
  {
    id: 'integration-user',
    group: 'Permissions',
    title: 'An active integration user',
    why: 'The bridge acts as this user. A dedicated one, with an integration licence where there is one, is best; an administrator will do.',
    section: 'Establishing Integration User Profile Requirements',
    check: user,
  },
  {
    id: 'login-addresses',
    group: 'Permissions',
    title: 'Addresses from which the user may log in',
    why: 'A log-in from elsewhere is refused.',
    section: null,
    check: loginAddresses,
  },
  {
    id: 'assignment',
    group: 'Permissions',
    title: 'The permission set is assigned',
    why: 'It gives the integration user the objects and fields of the original, and Edit Case Comments.',
    section: 'Establishing Permission Settings',
    check: ({ user: { permissionSets, username } }) =>
      permissionSets.includes(PERMISSION_SET)
        ? ok(`assigned to ${username}`)
        : missing(`not assigned to ${username}`, [
            { kind: 'assign', permissionSet: PERMISSION_SET, username },
          ]),
  },
];
