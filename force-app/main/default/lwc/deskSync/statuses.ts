import inStep from '@salesforce/label/c.DeskSync_InStep';
import waiting from '@salesforce/label/c.DeskSync_Waiting';
import failing from '@salesforce/label/c.DeskSync_Failing';
import conflict from '@salesforce/label/c.DeskSync_Conflict';
import ambiguous from '@salesforce/label/c.DeskSync_Ambiguous';
import excluded from '@salesforce/label/c.DeskSync_Excluded';
import unlinked from '@salesforce/label/c.DeskSync_Unlinked';
import waitingHint from '@salesforce/label/c.DeskSync_WaitingHint';
import failingHint from '@salesforce/label/c.DeskSync_FailingHint';
import conflictHint from '@salesforce/label/c.DeskSync_ConflictHint';
import ambiguousHint from '@salesforce/label/c.DeskSync_AmbiguousHint';
import excludedHint from '@salesforce/label/c.DeskSync_ExcludedHint';
import unlinkedHint from '@salesforce/label/c.DeskSync_UnlinkedHint';
import deskToSalesforce from '@salesforce/label/c.DeskSync_DeskToSalesforce';
import salesforceToDesk from '@salesforce/label/c.DeskSync_SalesforceToDesk';
import { badge, type Badge } from './badge';
import { lookUp } from './lookUp';

/** How a status is shown, and what to do about it. */
export type Appearance = Badge & { readonly hint: string };

const look = (text: string, icon: string, theme: string, hint = ''): Appearance => ({
  ...badge(text, icon, theme),
  hint,
});

const BY_STATUS: Readonly<Record<string, Appearance>> = {
  'In Step': look(inStep, 'success', 'success'),
  Waiting: look(waiting, 'clock', '', waitingHint),
  Failing: look(failing, 'error', 'error', failingHint),
  Conflict: look(conflict, 'warning', 'warning', conflictHint),
  Ambiguous: look(ambiguous, 'question', 'warning', ambiguousHint),
  Excluded: look(excluded, 'ban', '', excludedHint),
  Unlinked: look(unlinked, 'unlinked', '', unlinkedHint),
};

const BY_DIRECTION: Readonly<Record<string, string>> = {
  'Desk to Salesforce': deskToSalesforce,
  'Salesforce to Desk': salesforceToDesk,
};

/** How a status of a link is shown. One that we do not know, such as an admin's own, is shown as it is. */
export function appearanceOf(status: string | null): Appearance {
  return lookUp(BY_STATUS, status) ?? look(status ?? '', 'info', '');
}

/** A direction in the user's language. */
export function directionText(direction: string | null): string {
  return lookUp(BY_DIRECTION, direction) ?? direction ?? '';
}
