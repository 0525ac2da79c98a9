import type { Org } from '../../org.ts';
import { ADMIN } from '../../seed.ts';
import { ComponentProblem, type Component } from '../component.ts';
import { parseXml, textOf } from '../xml.ts';

/** Entities that an org without an add-on may select for change events, over all channels. */
const SELECTED_ENTITIES = 5;
/** Standard objects that have change events, of those that this org knows. */
const WITH_CHANGE_EVENTS = new Set([
  'Account',
  'Contact',
  'Case',
  'Task',
  'Event',
  'EmailMessage',
  'Lead',
  'Opportunity',
  'User',
]);

export function applyChannel(org: Org, { name, file }: Component): void {
  refuseWithout(org);
  const { root } = parseXml(file.toString('utf8'));
  if (!name.endsWith('__chn')) throw new ComponentProblem('The name of a custom channel must end with __chn');
  if (!['data', 'event'].includes(textOf(root, 'channelType') ?? ''))
    throw new ComponentProblem('Required field is missing: channelType');
  if (textOf(root, 'label') === undefined) throw new ComponentProblem('Required field is missing: label');
}

function refuseWithout(org: Org): void {
  if (!org.features.changeEvents)
    throw new ComponentProblem('Change Data Capture is not available in this organization');
}

export function applyChannelMember(org: Org, { name, file }: Component): void {
  refuseWithout(org);
  const { root } = parseXml(file.toString('utf8'));
  const channel = textOf(root, 'eventChannel') ?? '';
  const entity = textOf(root, 'selectedEntity') ?? '';
  if (channel !== 'ChangeEvents' && !org.metadata.get('PlatformEventChannel')?.has(channel)) {
    throw new ComponentProblem(`In field: eventChannel - no PlatformEventChannel named ${channel} found`);
  }
  if (!entityExists(org, entity))
    throw new ComponentProblem(`In field: selectedEntity - no such entity: ${entity}`);
  const rows = [...org.records.rows('PlatformEventChannelMember').values()].filter(
    (row) => row['IsDeleted'] !== true,
  );
  if (rows.some((row) => row['EventChannel'] === channel && row['SelectedEntity'] === entity)) {
    throw new ComponentProblem(
      `DUPLICATE_VALUE: duplicate value found: ${entity} is on the channel ${channel} already`,
    );
  }
  const entities = new Set(
    [...rows.map((row) => row['SelectedEntity']), entity].filter((one) =>
      String(one).endsWith('ChangeEvent'),
    ),
  );
  if (entities.size > SELECTED_ENTITIES) {
    throw new ComponentProblem(
      `The maximum number of selected entities for change events is ${SELECTED_ENTITIES}`,
    );
  }
  const object = org.schema.object('PlatformEventChannelMember');
  if (!object) return;
  org.records.transact(org.userId(ADMIN), null, () =>
    org.records.insert(object, { DeveloperName: name, EventChannel: channel, SelectedEntity: entity }),
  );
}

function entityExists(org: Org, entity: string): boolean {
  if (entity.endsWith('__e')) return org.schema.object(entity)?.kind === 'event';
  const object = changedObject(entity);
  return (
    object !== null &&
    org.schema.object(object) !== undefined &&
    (object.endsWith('__c') || WITH_CHANGE_EVENTS.has(object))
  );
}

/** The object of a change event: `CaseChangeEvent` of Case, `Foo__ChangeEvent` of Foo__c. */
export function changedObject(entity: string): string | null {
  const name = /^(.+?)(__)?ChangeEvent$/.exec(entity);
  if (!name) return null;
  return name[2] ? `${name[1]}__c` : (name[1] ?? null);
}

export function removeChannelMember(org: Org, name: string): void {
  const object = org.schema.object('PlatformEventChannelMember');
  const row = [...org.records.rows('PlatformEventChannelMember').values()].find(
    (one) => one['DeveloperName'] === name && one['IsDeleted'] !== true,
  );
  if (!object || !row) return;
  org.records.transact(org.userId(ADMIN), null, () => org.records.delete(object, row.Id));
}
