import { STANDARD_DESK_FIELDS } from '../config/standardDeskFields.ts';
import { NEEDED, WITH_VALUES } from '../config/standardPair.ts';
import { STANDARD_MAPS } from '../standardMaps.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The words of Desk API v2. */
export const DESK_VOCABULARY: Vocabulary = {
  kind: 'desk',
  title: 'Desk',
  maps: STANDARD_MAPS,
  needed: NEEDED,
  withValues: WITH_VALUES,
  fields: STANDARD_DESK_FIELDS,
};
