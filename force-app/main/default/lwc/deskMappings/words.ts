import twoWay from '@salesforce/label/c.DeskSync_TwoWay';
import toSalesforce from '@salesforce/label/c.DeskSync_DeskToSalesforce';
import toDesk from '@salesforce/label/c.DeskSync_SalesforceToDesk';
import off from '@salesforce/label/c.DeskSync_Off';
import keepsSalesforce from '@salesforce/label/c.DeskSync_KeepsSalesforce';
import keepsDesk from '@salesforce/label/c.DeskSync_KeepsDesk';
import keepsNewest from '@salesforce/label/c.DeskSync_KeepsNewest';
import unlinks from '@salesforce/label/c.DeskSync_DeleteUnlinks';
import deletes from '@salesforce/label/c.DeskSync_DeleteDeletes';
import { lookUp } from 'c/deskSync';

type Words = Readonly<Record<string, string>>;

const DIRECTIONS: Words = {
  'two-way': twoWay,
  'desk-to-salesforce': toSalesforce,
  'salesforce-to-desk': toDesk,
  off,
};
const KEEPS: Words = { salesforce: keepsSalesforce, desk: keepsDesk, newest: keepsNewest };
const ON_DELETE: Words = { unlink: unlinks, delete: deletes };

const inWords = (words: Words) => (value: string) => lookUp(words, value) ?? value;

/** A direction, as the config says it, in the user's language. */
export const directionWords = inWords(DIRECTIONS);
/** Whose value is kept in a conflict. */
export const keepsWords = inWords(KEEPS);
/** What the deletion of one record does to the other. */
export const deleteWords = inWords(ON_DELETE);
