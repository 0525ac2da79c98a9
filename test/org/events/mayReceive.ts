import { changedObject } from '../metadata/apply/eventChannel.ts';
import type { Org } from '../org.ts';

/** Whether a user receives the events of an entity: an event that it may read, the changes of what it may view whole. */
export function mayReceive(org: Org, userId: string, entity: string): boolean {
  const access = org.accessOf(userId);
  const object = org.schema.object(entity.endsWith('__e') ? entity : (changedObject(entity) ?? ''));
  if (!object) return false;
  const rights = access.object(object);
  if (object.kind === 'event') return rights.read;
  return object.permissionable ? rights.viewAll : access.permission('ViewAllData');
}
