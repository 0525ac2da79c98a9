import title from '@salesforce/label/c.DeskSync_Title';
import loading from '@salesforce/label/c.DeskSync_Loading';
import notLinked from '@salesforce/label/c.DeskSync_NotLinked';
import notLinkedBecause from '@salesforce/label/c.DeskSync_NotLinkedBecause';
import notLinkedHint from '@salesforce/label/c.DeskSync_NotLinkedHint';
import noPermission from '@salesforce/label/c.DeskSync_NoPermission';
import noPermissionHint from '@salesforce/label/c.DeskSync_NoPermissionHint';
import notReadable from '@salesforce/label/c.DeskSync_NotReadable';
import status from '@salesforce/label/c.DeskSync_Status';
import deskRecord from '@salesforce/label/c.DeskSync_DeskRecord';
import opensInNewTab from '@salesforce/label/c.DeskSync_OpensInNewTab';
import lastSync from '@salesforce/label/c.DeskSync_LastSync';
import never from '@salesforce/label/c.DeskSync_Never';
import direction from '@salesforce/label/c.DeskSync_Direction';
import cause from '@salesforce/label/c.DeskSync_Cause';
import reason from '@salesforce/label/c.DeskSync_Reason';
import wholeReason from '@salesforce/label/c.DeskSync_WholeReason';
import syncNow from '@salesforce/label/c.DeskSync_SyncNow';
import asking from '@salesforce/label/c.DeskSync_Asking';
import answered from '@salesforce/label/c.DeskSync_Answered';
import tried from '@salesforce/label/c.DeskSync_Tried';
import late from '@salesforce/label/c.DeskSync_Late';
import notAsked from '@salesforce/label/c.DeskSync_NotAsked';
import mayNotAsk from '@salesforce/label/c.DeskSync_MayNotAsk';
import unlink from '@salesforce/label/c.DeskSync_Unlink';
import relink from '@salesforce/label/c.DeskSync_Relink';
import cancel from '@salesforce/label/c.DeskSync_Cancel';
import unlinkQuestion from '@salesforce/label/c.DeskSync_UnlinkQuestion';
import askingOther from '@salesforce/label/c.DeskSync_AskingOther';
import unlinkDone from '@salesforce/label/c.DeskSync_UnlinkDone';
import relinkDone from '@salesforce/label/c.DeskSync_RelinkDone';
import otherTried from '@salesforce/label/c.DeskSync_OtherTried';

/** All texts of the template, in the user's language. */
export const labels = {
  title,
  loading,
  notLinked,
  notLinkedBecause,
  notLinkedHint,
  noPermission,
  noPermissionHint,
  notReadable,
  status,
  deskRecord,
  opensInNewTab,
  lastSync,
  never,
  direction,
  cause,
  reason,
  wholeReason,
  syncNow,
  asking,
  answered,
  tried,
  late,
  notAsked,
  mayNotAsk,
  unlink,
  relink,
  cancel,
  unlinkQuestion,
  askingOther,
  unlinkDone,
  relinkDone,
  otherTried,
};
