import { children, isTrue, parseXml, textOf } from '../metadata/xml.ts';
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

/** Objects whose access follows that of a parent. */
const PARENT: Readonly<Record<string, string>> = {
  CaseComment: 'Case',
  EmailMessage: 'Case',
  Task: 'Contact',
  Event: 'Contact',
};

/** Metadata as the org keeps it: type, full name, file. */
type Metadata = ReadonlyMap<string, ReadonlyMap<string, Buffer>>;

/** The objects whose rows say who may do what; when one changes, what was read of them is old. */
export const ACCESS_OBJECTS: ReadonlySet<string> = new Set([
  'User',
  'Profile',
  'PermissionSet',
  'PermissionSetAssignment',
  'ObjectPermissions',
  'FieldPermissions',
]);

/**
 * What one user may do: the sum of the permission sets assigned, that of the profile among them. Read once, from
 * the rows of the moment.
 */
export class Access {
  readonly #profile: string;
  readonly #sets: readonly StoredRecord[];
  readonly #objects = new Map<string, ObjectAccess>();
  readonly #fields = new Map<string, FieldAccess>();
  /** Custom metadata types, and record types as `Case.Question`. */
  readonly #granted = new Set<string>();

  constructor(records: RecordStore, metadata: Metadata, userId: string) {
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
    for (const set of this.#sets) this.#addGrants(metadata.get('PermissionSet')?.get(String(set['Name'])));
    for (const row of live('ObjectPermissions')) {
      if (assigned.has(String(row['ParentId']))) this.#addObject(row);
    }
    for (const row of live('FieldPermissions')) {
      if (!assigned.has(String(row['ParentId']))) continue;
      const name = String(row['Field']);
      const known = this.#fields.get(name);
      this.#fields.set(name, {
        read: known?.read === true || row['PermissionsRead'] === true,
        edit: known?.edit === true || row['PermissionsEdit'] === true,
      });
    }
  }

  #addObject(row: StoredRecord): void {
    const name = String(row['SobjectType']);
    const known = this.#objects.get(name) ?? NONE;
    this.#objects.set(name, {
      create: known.create || row['PermissionsCreate'] === true,
      read: known.read || row['PermissionsRead'] === true,
      edit: known.edit || row['PermissionsEdit'] === true,
      delete: known.delete || row['PermissionsDelete'] === true,
      viewAll: known.viewAll || row['PermissionsViewAllRecords'] === true,
      modifyAll: known.modifyAll || row['PermissionsModifyAllRecords'] === true,
    });
  }

  /** What a permission set grants besides rows: its file tells. */
  #addGrants(file: Buffer | undefined): void {
    if (file === undefined) return;
    const { root } = parseXml(file.toString('utf8'));
    for (const xml of children(root, 'customMetadataTypeAccesses'))
      if (isTrue(xml, 'enabled')) this.#granted.add(textOf(xml, 'name') ?? '');
    for (const xml of children(root, 'recordTypeVisibilities'))
      if (isTrue(xml, 'visible')) this.#granted.add(textOf(xml, 'recordType') ?? '');
  }

  get isAdmin(): boolean {
    return this.#profile === 'System Administrator';
  }

  /** A user permission by its API name, e.g. `EditCaseComments`. */
  permission(name: string): boolean {
    return this.#sets.some((set) => set[`Permissions${name}`] === true);
  }

  /** Whether the user may make records of a record type, such as `Case.Question`. */
  recordType(fullName: string): boolean {
    return this.isAdmin || this.#granted.has(fullName);
  }

  object(object: ObjectSchema): ObjectAccess {
    if (object.kind === 'customMetadata') {
      const sees = this.isAdmin || this.permission('CustomizeApplication') || this.#granted.has(object.name);
      return sees ? READ : NONE;
    }
    if (this.isAdmin || this.permission('ModifyAllData')) return FULL;
    const name = PARENT[object.name] ?? object.name;
    if (name === object.name && !object.permissionable) return READ;
    const granted = this.#objects.get(name) ?? NONE;
    return this.permission('ViewAllData') ? { ...granted, read: true, viewAll: true } : granted;
  }

  /** A custom field that was deployed is seen by nobody until a permission set says so, administrators included. */
  field(object: ObjectSchema, field: FieldSchema): FieldAccess {
    if (!field.fls || field.required) return { read: true, edit: true };
    // The parts of a custom field are granted with it.
    const name = field.custom ? (field.compound ?? field.name) : field.name;
    return this.#fields.get(`${object.name}.${name}`) ?? { read: false, edit: false };
  }
}
