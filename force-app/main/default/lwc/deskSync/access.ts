import type { ObjectInfoResult } from 'lightning/uiObjectInfoApi';

/** Whether a user may see an object, by one of its fields. */
export type Access = 'unknown' | 'none' | 'some';

/**
 * Salesforce hides an object from those who may not read it: it answers as if there were none. Other errors
 * say nothing of permissions; the query tells of them.
 */
export function accessTo(field: string, { data, error }: ObjectInfoResult): Access {
  if (error) return error.status === 403 || error.status === 404 ? 'none' : 'some';
  if (!data) return 'unknown';
  return data.fields[field] ? 'some' : 'none';
}

/** Whether the user may write a field of it. */
export function mayWrite(field: string, { data }: ObjectInfoResult): boolean {
  return Boolean(data?.updateable && data.fields[field]?.updateable);
}
