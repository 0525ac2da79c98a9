import { DESK_VOCABULARY } from './desk.ts';
import type { DeskKind, Vocabulary } from './vocabulary.ts';
import { ZENDESK_VOCABULARY } from './zendesk.ts';

/** The words of each help desk. */
export const VOCABULARIES: Readonly<Record<DeskKind, Vocabulary>> = {
  desk: DESK_VOCABULARY,
  zendesk: ZENDESK_VOCABULARY,
};
