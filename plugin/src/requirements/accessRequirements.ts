import { elementsNamed, parseXml, textOf, type Element } from '../merge/xml.ts';
import type { ObjectRight, OrgView } from '../org/orgView.ts';
import { blocked, missing, ok, type Finding, type Requirement } from './requirement.ts';
import { toDeploy } from './toDeploy.ts';

const PATH = 'permissionsets/Desk_Connect_Integration.permissionset';
/** The rights on an object, by their elements in a permission set. */
export const RIGHT: Readonly<Record<string, ObjectRight>> = {
  allowRead: 'Read',
  allowCreate: 'Create',
  allowEdit: 'Edit',
  allowDelete: 'Delete',
  viewAllRecords: 'ViewAll',
  modifyAllRecords: 'ModifyAll',
};

/** What the permission set grants, which is just what the bridge needs. */
function needs(view: OrgView): Element {
  return parseXml(view.wanted.get(PATH) ?? '<PermissionSet/>');
}

/**
 * What the user lacks, judged by what the user may do in effect. While the permission set is still to be deployed
 * or assigned, that will bring it; when all is in place and something is lacking, a person has to look.
 */
function verdict(view: OrgView, all: readonly string[], lacking: readonly string[]): Finding {
  if (lacking.length === 0) return ok(shortened(all));
  const evidence = `${view.user.username} lacks: ${shortened(lacking)}`;
  const comes =
    toDeploy(view, PATH).length > 0 || !view.user.permissionSets.includes('Desk_Connect_Integration');
  if (comes) return missing(evidence, []);
  return blocked(
    evidence,
    `The permission set is assigned and grants it, so something takes it away: the licence of ${view.user.username}, a muting permission set, or a permission set group that is out of date.`,
  );
}

/** Many names are too many to read. */
function shortened(names: readonly string[]): string {
  return names.length > 4 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
}

function objectAccess(view: OrgView): Finding {
  const wanted = elementsNamed(needs(view), 'objectPermissions').map((grant) => ({
    object: textOf(grant, 'object') ?? '',
    rights: Object.entries(RIGHT).flatMap(([element, right]) =>
      textOf(grant, element) === 'true' ? [right] : [],
    ),
  }));
  const byDescribe = view.user.access.permissions === null;
  const lacking = wanted.flatMap(({ object, rights }) => {
    const has = view.user.access.objects.get(object);
    // Describe does not tell whose records a user sees.
    const told = rights.filter((right) => !(byDescribe && (right === 'ViewAll' || right === 'ModifyAll')));
    const left = told.filter((right) => has?.has(right) !== true);
    return left.length === 0 ? [] : [`${object} (${left.join(', ')})`];
  });
  return verdict(
    view,
    wanted.map(({ object }) => object),
    lacking,
  );
}

function fieldAccess(...objects: string[]): (view: OrgView) => Finding {
  return (view) => {
    const wanted = elementsNamed(needs(view), 'fieldPermissions')
      .map((grant) => textOf(grant, 'field') ?? '')
      .filter((field) => objects.includes(field.split('.')[0] ?? ''));
    return verdict(
      view,
      wanted,
      wanted.filter((field) => !view.user.access.editable.has(field)),
    );
  };
}

function userPermissions(...names: string[]): (view: OrgView) => Finding {
  return (view) => {
    const granted = new Set(elementsNamed(needs(view), 'userPermissions').map((one) => textOf(one, 'name')));
    const wanted = names.filter((name) => granted.has(name));
    const { permissions } = view.user.access;
    if (permissions === null) return ok('told only to whoever may see the set-up');
    return verdict(
      view,
      wanted,
      wanted.filter((name) => !permissions.has(name)),
    );
  };
}

export const ACCESS_REQUIREMENTS: readonly Requirement[] = [
  {
    id: 'object-access',
    group: 'Permissions',
    title: 'Access to accounts, contacts, cases and links',
    why: 'The bridge reads, makes and changes all of them, whoever owns them.',
    section: 'Establishing Integration User Profile Requirements',
    check: objectAccess,
  },
  {
    id: 'account-fields',
    group: 'Permissions',
    title: 'Fields of Account',
    why: 'A field that the user may not write does not cross.',
    section: 'Setting Account Object Permissions',
    check: fieldAccess('Account'),
  },
  {
    id: 'contact-fields',
    group: 'Permissions',
    title: 'Fields of Contact',
    why: 'A field that the user may not write does not cross.',
    section: 'Setting Contact Object Permissions',
    check: fieldAccess('Contact'),
  },
  {
    id: 'case-fields',
    group: 'Permissions',
    title: 'Fields of Case',
    why: 'A field that the user may not write does not cross.',
    section: 'Setting Case Object Permissions',
    check: fieldAccess('Case'),
  },
  {
    id: 'link-fields',
    group: 'Permissions',
    title: 'Fields of Desk Link',
    why: 'The bridge writes there how each pair is.',
    section: null,
    check: fieldAccess('Desk_Link__c'),
  },
  {
    id: 'log-fields',
    group: 'Permissions',
    title: 'Fields of Desk Log',
    why: 'The bridge writes there what it did and what failed.',
    section: null,
    check: fieldAccess('Desk_Log__c'),
  },
  {
    id: 'bridge-fields',
    group: 'Permissions',
    title: 'Fields of Desk Bridge',
    why: 'The bridge writes there how it is and what it goes by.',
    section: null,
    check: fieldAccess('Desk_Bridge__c'),
  },
  {
    id: 'activities',
    group: 'Permissions',
    title: 'Tasks and events',
    why: 'Messages that are no e-mails become tasks. The fields of tasks and events are granted together.',
    section: 'Establishing Integration User Profile Requirements',
    check: (view) => {
      const fields = fieldAccess('Task', 'Event')(view);
      return fields.state === 'ok'
        ? userPermissions('EditTask', 'EditEvent', 'ActivitiesAccess')(view)
        : fields;
    },
  },
  {
    id: 'case-comments',
    group: 'Permissions',
    title: 'Edit Case Comments',
    why: 'Notes of Desk become comments of the case.',
    section: 'Case Comment Object Requirements',
    check: userPermissions('EditCaseComments'),
  },
  {
    id: 'api-access',
    group: 'Permissions',
    title: 'API Enabled',
    why: 'The bridge works through the API.',
    section: 'Prerequisites',
    check: userPermissions('ApiEnabled'),
  },
  {
    id: 'record-types',
    group: 'Permissions',
    title: 'Access to the record types',
    why: 'A record of a type that the user has no access to cannot be made.',
    section: 'Other Field Requirements',
    check: (view) => {
      const names = elementsNamed(needs(view), 'recordTypeVisibilities').map(
        (one) => textOf(one, 'recordType') ?? '',
      );
      if (names.length === 0) return ok('no record types');
      return toDeploy(view, PATH).length === 0
        ? ok(names.join(', '))
        : missing(`granted by the permission set: ${names.join(', ')}`, []);
    },
  },
];
