import permission from '@salesforce/label/c.DeskSync_CausePermission';
import permissionHint from '@salesforce/label/c.DeskSync_CausePermissionHint';
import validation from '@salesforce/label/c.DeskSync_CauseValidation';
import validationHint from '@salesforce/label/c.DeskSync_CauseValidationHint';
import duplicate from '@salesforce/label/c.DeskSync_CauseDuplicate';
import duplicateHint from '@salesforce/label/c.DeskSync_CauseDuplicateHint';
import missingParent from '@salesforce/label/c.DeskSync_CauseMissingParent';
import missingParentHint from '@salesforce/label/c.DeskSync_CauseMissingParentHint';
import rateLimit from '@salesforce/label/c.DeskSync_CauseRateLimit';
import auth from '@salesforce/label/c.DeskSync_CauseAuth';
import authHint from '@salesforce/label/c.DeskSync_CauseAuthHint';
import network from '@salesforce/label/c.DeskSync_CauseNetwork';
import busy from '@salesforce/label/c.DeskSync_CauseBusy';
import gone from '@salesforce/label/c.DeskSync_CauseGone';
import goneHint from '@salesforce/label/c.DeskSync_CauseGoneHint';
import ambiguous from '@salesforce/label/c.DeskSync_Ambiguous';
import ambiguousHint from '@salesforce/label/c.DeskSync_AmbiguousHint';
import excluded from '@salesforce/label/c.DeskSync_Excluded';
import excludedHint from '@salesforce/label/c.DeskSync_ExcludedHint';
import bug from '@salesforce/label/c.DeskSync_CauseBug';
import bugHint from '@salesforce/label/c.DeskSync_CauseBugHint';
import retriedHint from '@salesforce/label/c.DeskSync_CauseRetriedHint';
import { lookUp } from './lookUp';

/** Why something fails, in plain words, and what to do. */
export type Cause = { readonly text: string; readonly hint: string };

const BY_CLASS: Readonly<Record<string, Cause>> = {
  permission: { text: permission, hint: permissionHint },
  validation: { text: validation, hint: validationHint },
  duplicate: { text: duplicate, hint: duplicateHint },
  missingparent: { text: missingParent, hint: missingParentHint },
  ratelimit: { text: rateLimit, hint: retriedHint },
  auth: { text: auth, hint: authHint },
  network: { text: network, hint: retriedHint },
  busy: { text: busy, hint: retriedHint },
  gone: { text: gone, hint: goneHint },
  ambiguous: { text: ambiguous, hint: ambiguousHint },
  excluded: { text: excluded, hint: excludedHint },
  bug: { text: bug, hint: bugHint },
};

/**
 * What a class of failures means.
 * @param name as the bridge says it (`missingParent`), or as a value of the picklist (`Missing Parent`)
 * @returns undefined for what is no class
 */
export function causeOf(name: string | null): Cause | undefined {
  return lookUp(BY_CLASS, name?.replaceAll(' ', '').toLowerCase() ?? null);
}
