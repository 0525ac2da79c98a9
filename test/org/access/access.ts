import type { RecordStore, StoredRecord } from '../records/recordStore.ts';
import type { FieldSchema, ObjectSchema } from '../schema/types.ts';

export type ObjectAccess = {
  readonly create: boolean;
  readonly read: boolean;
  readonly edit: boolean;
  readonly delete: boolean;
  readonly viewAll: boolean;
  readonly modifyAll: boolean;
};
export type FieldAccess = { readonly read: boolean; readonly edit: boolean };

const NONE: ObjectAccess = {
  create: false,
  read: false,
  edit: false,
  delete: false,
  viewAll: false,
  modifyAll: false,
};
const FULL: ObjectAccess = {
  create: true,
  read: true,
  edit: true,
  delete: true,
  viewAll: true,
  modifyAll: true,
};
const READ: ObjectAccess = { ...NONE, read: true };

/** What a profile gives on standard objects; everything else comes by permission set. */
const PROFILES: Readonly<Record<string, ObjectAccess>> = {
  'System Administrator': FULL,
  'Standard User': { ...FULL, viewAll: false, modifyAll: false },
  'Read Only': READ,
};
/** Objects whose access follows that of a parent. */
const PARENT: Readonly<Record<string, string>> = {
  CaseComment: 'Case',
  EmailMessage: 'Case',
  Task: 'Contact',
  Event: 'Contact',
};

/** What one user may do, from the profile and the permission sets assigned. */
export class Access {
  readonly #profile: string;
  readonly #sets: readonly StoredRecord[];
  readonly #objects: readonly StoredRecord[];
  readonly #fields: readonly StoredRecord[];

  constructor(records: RecordStore, userId: string) {
    const user = records.get('User', userId);
    this.#profile = String(records.get('Profile', String(user?.['ProfileId'] ?? ''))?.['Name'] ?? '');
    const live = (object: string) =>
      [...records.rows(object).values()].filter((row) => row['IsDeleted'] !== true);
    const assigned = new Set(
      live('PermissionSetAssignment')
        .filter((row) => row['AssigneeId'] === userId)
        .map((row) => row['PermissionSetId']),
    );
    this.#sets = live('PermissionSet').filter((row) => assigned.has(row.Id));
    this.#objects = live('ObjectPermissions').filter((row) => assigned.has(String(row['ParentId'])));
    this.#fields = live('FieldPermissions').filter((row) => assigned.has(String(row['ParentId'])));
  }

  get isAdmin(): boolean {
    return this.#profile === 'System Administrator';
  }

  /** A user permission by its API name, e.g. `EditCaseComments`. */
  permission(name: string): boolean {
    return this.isAdmin || this.#sets.some((set) => set[`Permissions${name}`] === true);
  }

  object(object: ObjectSchema): ObjectAccess {
    if (this.isAdmin || this.permission('ModifyAllData')) return FULL;
    const parent = PARENT[object.name];
    if (parent) return this.#granted(parent, PROFILES[this.#profile] ?? NONE);
    if (!object.permissionable)
      return this.permission('ViewAllData') || object.kind !== 'customMetadata' ? READ : NONE;
    return this.#granted(object.name, object.custom ? NONE : (PROFILES[this.#profile] ?? NONE));
  }

  #granted(name: string, base: ObjectAccess): ObjectAccess {
    const rows = this.#objects.filter((row) => row['SobjectType'] === name);
    const any = (permission: string) => rows.some((row) => row[`Permissions${permission}`] === true);
    return {
      create: base.create || any('Create'),
      read: base.read || any('Read') || this.permission('ViewAllData'),
      edit: base.edit || any('Edit'),
      delete: base.delete || any('Delete'),
      viewAll: base.viewAll || any('ViewAllRecords'),
      modifyAll: base.modifyAll || any('ModifyAllRecords'),
    };
  }

  /** A custom field that was deployed is seen by nobody until a permission set says so, administrators included. */
  field(object: ObjectSchema, field: FieldSchema): FieldAccess {
    if (!field.fls || field.required) return { read: true, edit: true };
    const byProfile = !field.custom && this.#profile in PROFILES;
    const rows = this.#fields.filter((row) => row['Field'] === `${object.name}.${field.name}`);
    return {
      read: byProfile || rows.some((row) => row['PermissionsRead'] === true),
      edit:
        (byProfile && this.#profile !== 'Read Only') || rows.some((row) => row['PermissionsEdit'] === true),
    };
  }
}
