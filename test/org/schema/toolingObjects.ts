import { define, noFls } from './define.ts';
import { checkbox, field, reference, text } from './fields.ts';
import type { ObjectSchema } from './types.ts';

/** What an org knows of its own metadata as rows. */
export function toolingObjects(): ObjectSchema[] {
  return [
    define(
      'PlatformEventChannelMember',
      '0v8',
      [text('DeveloperName', 80, noFls), text('EventChannel', 80, noFls), text('SelectedEntity', 80, noFls)],
      false,
    ),
    define(
      'FlowDefinitionView',
      '3dd',
      [
        text('ApiName', 80, noFls),
        text('ProcessType', 80, noFls),
        text('TriggerType', 80, noFls),
        checkbox('IsActive', noFls),
      ],
      false,
    ),
    define(
      'FlowDefinition',
      '300',
      [
        text('DeveloperName', 80, noFls),
        text('NamespacePrefix', 15, noFls),
        reference('ActiveVersionId', 'Flow', null, noFls),
        reference('LatestVersionId', 'Flow', null, noFls),
      ],
      false,
    ),
    define(
      'Flow',
      '301',
      [
        reference('DefinitionId', 'FlowDefinition', null, noFls),
        field('VersionNumber', 'int', noFls),
        text('Status', 40, noFls),
        text('ProcessType', 80, noFls),
      ],
      false,
    ),
    define(
      'Layout',
      '00h',
      [text('Name', 80, noFls), text('NamespacePrefix', 15, noFls), text('TableEnumOrId', 80, noFls)],
      false,
    ),
    define(
      'ProfileLayout',
      '01G',
      [
        reference('LayoutId', 'Layout', null, noFls),
        reference('ProfileId', 'Profile', null, noFls),
        reference('RecordTypeId', 'RecordType', null, noFls),
        text('TableEnumOrId', 80, noFls),
      ],
      false,
    ),
  ];
}

/** Objects that only the Tooling API queries. */
export const TOOLING_ONLY: ReadonlySet<string> = new Set([
  'PlatformEventChannelMember',
  'FlowDefinition',
  'Flow',
  'Layout',
  'ProfileLayout',
]);
