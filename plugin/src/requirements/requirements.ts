import { ACCESS_REQUIREMENTS } from './accessRequirements.ts';
import { AUTOMATION_REQUIREMENTS } from './automationRequirements.ts';
import { METADATA_REQUIREMENTS } from './metadataRequirements.ts';
import { ORG_REQUIREMENTS } from './orgRequirements.ts';
import { PAGE_REQUIREMENTS } from './pageRequirements.ts';
import type { Group, Requirement } from './requirement.ts';
import { USER_REQUIREMENTS } from './userRequirements.ts';
import { VALUE_REQUIREMENTS } from './valueRequirements.ts';

const ORDER: readonly Group[] = [
  'Org',
  'What the org does by itself',
  'Picklist values',
  'Objects and events',
  'Pages',
  'Permissions',
];

/** All that an org needs, by group. `doctor`, `setup`, its dry run and the table in docs/requirements.md come from this list. */
export const REQUIREMENTS: readonly Requirement[] = [
  ...ORG_REQUIREMENTS,
  ...AUTOMATION_REQUIREMENTS,
  ...VALUE_REQUIREMENTS,
  ...METADATA_REQUIREMENTS,
  ...PAGE_REQUIREMENTS,
  ...USER_REQUIREMENTS,
  ...ACCESS_REQUIREMENTS,
].sort((a, b) => ORDER.indexOf(a.group) - ORDER.indexOf(b.group));
