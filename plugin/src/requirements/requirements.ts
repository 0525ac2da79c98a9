import { METADATA_REQUIREMENTS } from './metadataRequirements.ts';
import { ORG_REQUIREMENTS } from './orgRequirements.ts';
import type { Requirement } from './requirement.ts';
import { USER_REQUIREMENTS } from './userRequirements.ts';
import { VALUE_REQUIREMENTS } from './valueRequirements.ts';

/** All that an org needs. `doctor`, `setup` and its dry run come from this list, in this order. */
export const REQUIREMENTS: readonly Requirement[] = [
  ...ORG_REQUIREMENTS,
  ...VALUE_REQUIREMENTS,
  ...METADATA_REQUIREMENTS,
  ...USER_REQUIREMENTS,
];
