import type { Org } from '../org.ts';
import { recordTypesOf } from '../rest/recordTypes.ts';
import { describeObject } from '../schema/describe.ts';
import { nameFieldOf } from '../schema/schema.ts';
import type { FieldType, ObjectSchema } from '../schema/types.ts';

/** How UI API calls the types of fields. */
const DATA_TYPES: Partial<Record<FieldType, string>> = {
  id: 'Reference',
  datetime: 'DateTime',
  multipicklist: 'MultiPicklist',
  textarea: 'TextArea',
  encryptedstring: 'EncryptedString',
};
const dataType = (type: FieldType) => DATA_TYPES[type] ?? type.charAt(0).toUpperCase() + type.slice(1);

/** An object as one user may use it: fields that the user may not read are not there. */
export function objectInfo(org: Org, userId: string, object: ObjectSchema, version: string) {
  const access = org.accessOf(userId);
  const described = describeObject(
    org.schema,
    object,
    access.object(object),
    (field) => access.field(object, field),
    recordTypesOf(org, userId, object.name),
    version,
  );
  return {
    apiName: object.name,
    childRelationships: described.childRelationships.map((child) => ({
      childObjectApiName: child.childSObject,
      fieldName: child.field,
      junctionIdListNames: [],
      junctionReferenceTo: [],
      relationshipName: child.relationshipName,
    })),
    createable: described.createable,
    custom: described.custom,
    defaultRecordTypeId: described.recordTypeInfos.at(-1)?.recordTypeId ?? null,
    deletable: described.deletable,
    dependentFields: {},
    feedEnabled: described.feedEnabled,
    fields: Object.fromEntries(described.fields.map((field) => [field.name, fieldInfo(org, field)])),
    keyPrefix: described.keyPrefix,
    label: described.label,
    labelPlural: described.labelPlural,
    layoutable: described.layoutable,
    mruEnabled: described.mruEnabled,
    nameFields: described.fields.filter((field) => field.nameField).map((field) => field.name),
    queryable: described.queryable,
    recordTypeInfos: Object.fromEntries(
      described.recordTypeInfos.map(({ available, defaultRecordTypeMapping, master, name, recordTypeId }) => [
        recordTypeId,
        { available, defaultRecordTypeMapping, master, name, recordTypeId },
      ]),
    ),
    searchable: described.searchable,
    updateable: described.updateable,
  };
}

type Described = ReturnType<typeof describeObject>['fields'][number];

function fieldInfo(org: Org, field: Described) {
  const nameFields = (target: string) => {
    const object = org.schema.object(target);
    return object ? [nameFieldOf(object)] : [];
  };
  return {
    apiName: field.name,
    calculated: field.calculated,
    compound: field.type === 'location',
    compoundComponentName: null,
    compoundFieldName: field.compoundFieldName,
    controllerName: null,
    controllingFields: [],
    createable: field.createable,
    custom: field.custom,
    dataType: dataType(field.type),
    externalId: field.externalId,
    extraTypeInfo: field.extraTypeInfo,
    filterable: field.filterable,
    htmlFormatted: field.htmlFormatted,
    inlineHelpText: field.inlineHelpText,
    label: field.label,
    length: field.length,
    maskType: field.maskType,
    nameField: field.nameField,
    polymorphicForeignKey: field.polymorphicForeignKey,
    precision: field.precision,
    reference: field.type === 'reference',
    referenceToInfos: field.referenceTo.map((target) => ({
      apiName: target,
      nameFields: nameFields(target),
    })),
    relationshipName: field.relationshipName,
    required: !field.nillable && !field.defaultedOnCreate,
    scale: field.scale,
    sortable: field.sortable,
    unique: field.unique,
    updateable: field.updateable,
  };
}
