import type { FieldAccess, ObjectAccess } from '../access/access.ts';
import { nameFieldOf, type Schema } from './schema.ts';
import type { FieldSchema, ObjectSchema } from './types.ts';

const SOAP_TYPE: Partial<Record<FieldSchema['type'], string>> = {
  id: 'tns:ID',
  reference: 'tns:ID',
  boolean: 'xsd:boolean',
  int: 'xsd:int',
  double: 'xsd:double',
  currency: 'xsd:double',
  percent: 'xsd:double',
  date: 'xsd:date',
  datetime: 'xsd:dateTime',
  time: 'xsd:time',
  location: 'urn:location',
};

/** A record type as one user sees it. */
export type RecordTypeInfo = {
  readonly id: string;
  readonly name: string;
  readonly developerName: string;
  readonly active: boolean;
  readonly available: boolean;
};

/** One object's line in the list of all objects. */
export function describeLine(object: ObjectSchema, access: ObjectAccess, version: string) {
  const base = `/services/data/v${version}/sobjects/${object.name}`;
  const data = object.kind === 'object';
  return {
    name: object.name,
    label: object.label,
    labelPlural: object.labelPlural,
    keyPrefix: object.keyPrefix,
    custom: object.custom,
    customSetting: false,
    createable: access.create && object.kind !== 'customMetadata',
    updateable: access.edit && data,
    deletable: access.delete && data,
    undeletable: access.delete && data,
    queryable: access.read && object.kind !== 'event',
    retrieveable: access.read && object.kind !== 'event',
    replicateable: data,
    searchable: data,
    triggerable: object.kind !== 'customMetadata',
    layoutable: data,
    mergeable: ['Account', 'Contact', 'Case', 'Lead'].includes(object.name),
    deprecatedAndHidden: false,
    feedEnabled: false,
    mruEnabled: data,
    urls: { sobject: base, describe: `${base}/describe`, rowTemplate: `${base}/{ID}` },
  };
}

/** The whole describe of an object as one user sees it: a field without access is not there. */
export function describeObject(
  schema: Schema,
  object: ObjectSchema,
  access: ObjectAccess,
  fieldAccess: (field: FieldSchema) => FieldAccess,
  recordTypes: readonly RecordTypeInfo[],
  version: string,
) {
  const visible = [...object.fields.values()].filter((field) => fieldAccess(field).read);
  return {
    ...describeLine(object, access, version),
    fields: visible.map((field) => describeField(object, field, fieldAccess(field))),
    childRelationships: schema.objects().flatMap((child) =>
      [...child.fields.values()]
        .filter((field) => field.childRelationshipName !== null && field.referenceTo.includes(object.name))
        .map((field) => ({
          childSObject: child.name,
          field: field.name,
          relationshipName: field.childRelationshipName,
          cascadeDelete: field.cascade,
          deprecatedAndHidden: false,
        })),
    ),
    recordTypeInfos: [...recordTypes, MASTER].map(({ id, ...info }) => ({
      ...info,
      recordTypeId: id,
      defaultRecordTypeMapping: id === MASTER.id,
      master: id === MASTER.id,
      urls: {},
    })),
    actionOverrides: [],
    namedLayoutInfos: [],
    supportedScopes: [{ label: 'All', name: 'everything' }],
  };
}

/** The record type of records without one. */
const MASTER: RecordTypeInfo = {
  id: '012000000000000AAA',
  name: 'Master',
  developerName: 'Master',
  active: true,
  available: true,
};

/** Standard fields by which a record can be named in a write. */
const LOOKED_UP_BY = new Set(['Contact.Email', 'Lead.Email', 'User.Username']);
const isIdLookup = (object: ObjectSchema, field: FieldSchema) =>
  field.externalId ||
  field.name === 'Id' ||
  (field.name === 'Name' && object.custom) ||
  LOOKED_UP_BY.has(`${object.name}.${field.name}`);

const UNFILTERED = new Set<FieldSchema['type']>(['encryptedstring', 'location']);

function describeField(object: ObjectSchema, field: FieldSchema, access: FieldAccess) {
  const nameField = field.name === nameFieldOf(object);
  return {
    name: field.name,
    label: field.label,
    type: field.type,
    soapType: SOAP_TYPE[field.type] ?? 'xsd:string',
    length: field.length,
    byteLength: field.length * 3,
    precision: field.precision,
    scale: field.scale,
    digits: field.type === 'int' ? field.precision : 0,
    custom: field.custom,
    nillable:
      !field.required &&
      field.type !== 'boolean' &&
      ![
        'Id',
        'CreatedDate',
        'LastModifiedDate',
        'SystemModstamp',
        'CreatedById',
        'LastModifiedById',
        'OwnerId',
      ].includes(field.name),
    createable: field.createable && access.edit,
    updateable: field.updateable && access.edit,
    permissionable: field.fls,
    unique: field.unique,
    externalId: field.externalId,
    idLookup: isIdLookup(object, field),
    caseSensitive: field.caseSensitive,
    autoNumber: field.autoNumber !== null,
    calculated: field.calculation !== null && field.calculation.kind !== 'location',
    calculatedFormula: field.calculation?.kind === 'formula' ? field.calculation.source : null,
    cascadeDelete: field.cascade,
    compoundFieldName: field.compound,
    controllerName: null,
    defaultValue: field.defaultValue,
    defaultValueFormula: null,
    defaultedOnCreate: field.defaultValue !== null || field.autoNumber !== null || field.name === 'OwnerId',
    dependentPicklist: false,
    deprecatedAndHidden: false,
    encrypted: false,
    extraTypeInfo: field.extraTypeInfo,
    filterable: !UNFILTERED.has(field.type) && (field.type !== 'textarea' || field.length <= 255),
    groupable:
      field.calculation === null &&
      !UNFILTERED.has(field.type) &&
      !['textarea', 'datetime', 'time', 'double', 'currency', 'percent', 'multipicklist'].includes(
        field.type,
      ),
    sortable: !UNFILTERED.has(field.type) && field.type !== 'textarea' && field.type !== 'multipicklist',
    htmlFormatted: field.htmlFormatted,
    mask: field.mask?.character ?? null,
    maskType: field.mask?.type ?? null,
    inlineHelpText: null,
    nameField,
    namePointing: field.referenceTo.length > 1,
    polymorphicForeignKey: field.referenceTo.length > 1,
    picklistValues: field.picklist.map((value) => ({
      active: value.active,
      defaultValue: value.default,
      label: value.label,
      validFor: null,
      value: value.value,
    })),
    referenceTo: field.referenceTo,
    relationshipName: field.relationshipName,
    relationshipOrder: field.cascade ? 0 : null,
    restrictedPicklist: field.restricted,
    restrictedDelete: false,
    writeRequiresMasterRead: false,
  };
}
