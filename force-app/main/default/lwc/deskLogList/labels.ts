import loading from '@salesforce/label/c.DeskSync_LogLoading';
import log from '@salesforce/label/c.DeskSync_Log';
import notReadable from '@salesforce/label/c.DeskSync_LogNotReadable';
import noPermission from '@salesforce/label/c.DeskSync_NoLogPermission';
import noPermissionHint from '@salesforce/label/c.DeskSync_NoPermissionHint';
import showOlder from '@salesforce/label/c.DeskSync_ShowOlder';
import wholeReason from '@salesforce/label/c.DeskSync_WholeReason';

/** All texts of the template, in the user's language. */
export const labels = {
  loading,
  log,
  notReadable,
  noPermission,
  noPermissionHint,
  showOlder,
  wholeReason,
};
