import { call } from '../scripts/call.js';
import { Adapter, live } from '../scripts/adapter.js';

const list = (fields) => [fields ?? []].flat().map(nameOf);
const nameOf = (field) =>
  typeof field === 'string' ? field : `${field.objectApiName}.${field.fieldApiName}`;

export class getRecord extends Adapter {
  isReady({ recordId, fields, optionalFields }) {
    return Boolean(recordId && (fields ?? optionalFields));
  }
  load({ recordId, fields, optionalFields }) {
    const query = new URLSearchParams();
    if (fields) query.set('fields', list(fields).join(','));
    if (optionalFields) query.set('optionalFields', list(optionalFields).join(','));
    return call('GET', `/ui-api/records/${recordId}?${query}`);
  }
}

function fieldOf(record, field) {
  const [, ...path] = nameOf(field).split('.');
  return path.reduce((found, step, index) => {
    const inner = index === 0 ? found : found?.value;
    return inner?.fields?.[step];
  }, record);
}

/** The value of a field of a record that getRecord gave; undefined where it was not asked for. */
export const getFieldValue = (record, field) => fieldOf(record, field)?.value;
export const getFieldDisplayValue = (record, field) => fieldOf(record, field)?.displayValue;

export async function updateRecord({ fields: { Id, ...fields } }) {
  const record = await call('PATCH', `/ui-api/records/${Id}`, { fields });
  await notifyRecordUpdateAvailable([{ recordId: Id }]);
  return record;
}

export const createRecord = ({ apiName, fields }) => call('POST', '/ui-api/records', { apiName, fields });

export async function notifyRecordUpdateAvailable(records) {
  const ids = new Set(records.map(({ recordId }) => recordId));
  await Promise.all([...live].filter((adapter) => ids.has(adapter.config?.recordId)).map((one) => one.run()));
}
