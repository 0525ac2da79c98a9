import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { elementsNamed, parseXml, textOf } from '../merge/xml.ts';
import type { ObjectRight, UserAccess } from '../org/orgView.ts';
import { planOf } from '../plan/plan.ts';
import { RIGHT } from './accessRequirements.ts';
import { EMPTY_VIEW } from './emptyView.ts';
import { REQUIREMENTS } from './requirements.ts';

const FILE = fileURLToPath(
  new URL(
    '../../../force-app/main/default/permissionsets/Desk_Connect_Integration.permissionset-meta.xml',
    import.meta.url,
  ),
);
/** A thing that the permission set grants: a right on an object, a field, or a permission of the user. */
type Grant = { readonly name: string; readonly without: (access: UserAccess) => UserAccess };

const xml = readFileSync(FILE, 'utf8');
const set = parseXml(xml);
const objects = new Map(
  elementsNamed(set, 'objectPermissions').map((one) => [
    textOf(one, 'object') ?? '',
    new Set(
      Object.entries(RIGHT).flatMap(([element, right]): ObjectRight[] =>
        textOf(one, element) === 'true' ? [right] : [],
      ),
    ),
  ]),
);
const fields = elementsNamed(set, 'fieldPermissions').map((one) => textOf(one, 'field') ?? '');
const permissions = elementsNamed(set, 'userPermissions').map((one) => textOf(one, 'name') ?? '');
const WHOLE: UserAccess = { objects, editable: new Set(fields), permissions: new Set(permissions) };
const without = <T>(all: ReadonlySet<T>, one: T) => new Set([...all].filter((other) => other !== one));

const GRANTS: readonly Grant[] = [
  ...[...objects].flatMap(([object, rights]) =>
    [...rights].map((right) => ({
      name: object,
      without: (access: UserAccess) => ({
        ...access,
        objects: new Map([...access.objects, [object, without(rights, right)]]),
      }),
    })),
  ),
  ...fields.map((name) => ({
    name,
    without: (access: UserAccess) => ({ ...access, editable: without(access.editable, name) }),
  })),
  ...permissions.map((name) => ({
    name,
    without: (access: UserAccess) => ({ ...access, permissions: without(new Set(permissions), name) }),
  })),
];

/** What doctor says that nobody but a person can mend. */
function lacking(access: UserAccess): string[] {
  const path = 'permissionsets/Desk_Connect_Integration.permissionset';
  const files = new Map([[path, xml]]);
  const view = { ...EMPTY_VIEW, wanted: files, present: files, user: { ...EMPTY_VIEW.user, access } };
  return planOf(view, REQUIREMENTS)
    .blocked.map(({ finding }) => finding.evidence)
    .filter((evidence) => evidence.includes(' lacks: '));
}

test('doctor names each permission of the permission set when it alone is taken away', () => {
  assert.deepEqual(lacking(WHOLE), []);
  assert.ok(GRANTS.length > 60, String(GRANTS.length));
  const passedOver = GRANTS.filter(
    (grant) => !lacking(grant.without(WHOLE)).some((evidence) => evidence.includes(grant.name)),
  );
  assert.deepEqual(
    passedOver.map(({ name }) => name),
    [],
  );
});
