import { z } from 'zod';
import type { SalesforceObjectDescribe } from '../core/config/describes.ts';
import { unexpectedAnswer } from './failures.ts';
import type { Session } from './session.ts';

const text = z.string().nullable().catch(null);
const flag = z.boolean().catch(false);
const count = z.number().catch(0);

const Field = z.object({
  name: z.string(),
  label: z.string(),
  type: z.string(),
  length: count,
  precision: count,
  scale: count,
  nillable: flag,
  defaultedOnCreate: flag,
  createable: flag,
  updateable: flag,
  calculated: flag,
  calculatedFormula: text,
  autoNumber: flag,
  externalId: flag,
  idLookup: flag,
  unique: flag,
  htmlFormatted: flag,
  extraTypeInfo: text,
  restrictedPicklist: flag,
  picklistValues: z
    .array(z.object({ value: z.string(), label: z.string().catch(''), active: flag }))
    .catch([]),
  referenceTo: z.array(z.string()).catch([]),
  relationshipName: text,
});
const RecordType = z.object({
  recordTypeId: z.string(),
  developerName: z.string().catch(''),
  active: z.boolean().catch(true),
  available: z.boolean().catch(true),
  master: flag,
});
const Describe = z.object({
  name: z.string(),
  fields: z.array(Field),
  recordTypeInfos: z.array(RecordType).catch([]),
});

/** What an object is to the user of the session: the fields that he sees, and the record types that he can take. */
export async function describeObject(session: Session, object: string): Promise<SalesforceObjectDescribe> {
  const parsed = Describe.safeParse(await session.request('GET', `/sobjects/${object}/describe`));
  if (!parsed.success) throw unexpectedAnswer('describe');
  const { name, fields, recordTypeInfos } = parsed.data;
  const recordTypes = recordTypeInfos
    .filter(({ master, available }) => !master && available)
    .map(({ recordTypeId, developerName, active }) => ({ id: recordTypeId, developerName, active }));
  return { name, fields, recordTypes };
}
