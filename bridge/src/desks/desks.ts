import type { DeskKind } from '../core/vocabulary/vocabulary.ts';
import { DESK } from './desk.ts';
import type { DeskType } from './deskType.ts';
import { ZENDESK } from './zendesk.ts';

/** The help desks that the bridge can be connected with. Nothing outside of this folder tells one from another. */
export const DESKS: Readonly<Record<DeskKind, DeskType>> = { desk: DESK, zendesk: ZENDESK };
