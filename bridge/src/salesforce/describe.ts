import * as z from 'zod';
import type { SalesforceObjectDescribe } from '../core/config/describes.ts';
import { unexpectedAnswer } from './failures.ts';
import type { Session } from './session.ts';

const value = z.object({ value: z.string(), label: z.string().nullable(), active: z.boolean() });
const field = z.object({
  name: z.string(),
  label: z.string(),
  type: z.string(),
  length: z.number(),
  precision: z.number(),
  scale: z.number(),
  nillable: z.boolean(),
  defaultedOnCreate: z.boolean(),
  createable: z.boolean(),
  updateable: z.boolean(),
  calculated: z.boolean(),
  calculatedFormula: z.string().nullish(),
  autoNumber: z.boolean(),
  externalId: z.boolean(),
  idLookup: z.boolean(),
  unique: z.boolean(),
  htmlFormatted: z.boolean(),
  extraTypeInfo: z.string().nullish(),
  restrictedPicklist: z.boolean(),
  picklistValues: z.array(value).nullish(),
  referenceTo: z.array(z.string()).nullish(),
  relationshipName: z.string().nullish(),
});
const recordType = z.object({
  recordTypeId: z.string(),
  developerName: z.string(),
  active: z.boolean(),
  available: z.boolean(),
  master: z.boolean(),
});
const answer = z.object({
  name: z.string(),
  deletable: z.boolean(),
  fields: z.array(field),
  recordTypeInfos: z.array(recordType),
});

/**
 * What Salesforce says of an object, as the user sees it; costs one call.
 * @throws RequestFailed with NOT_FOUND where the user sees no such object
 */
export async function describeObject(session: Session, object: string): Promise<SalesforceObjectDescribe> {
  const body = await session.request('GET', `/sobjects/${encodeURIComponent(object)}/describe`);
  const found = answer.safeParse(body);
  if (!found.success) throw unexpectedAnswer('describe');
  const { name, deletable, fields, recordTypeInfos } = found.data;
  return {
    name,
    deletable,
    fields: fields.map((one) => ({
      ...one,
      calculatedFormula: one.calculatedFormula ?? null,
      extraTypeInfo: one.extraTypeInfo ?? null,
      picklistValues: (one.picklistValues ?? []).map(({ label, ...rest }) => ({
        ...rest,
        label: label ?? rest.value,
      })),
      referenceTo: one.referenceTo ?? [],
      relationshipName: one.relationshipName ?? null,
    })),
    recordTypes: recordTypeInfos
      .filter(({ available, master }) => available && !master)
      .map(({ recordTypeId, developerName, active }) => ({ id: recordTypeId, developerName, active })),
  };
}
