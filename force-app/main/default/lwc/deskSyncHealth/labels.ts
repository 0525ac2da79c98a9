import title from '@salesforce/label/c.DeskSync_Health';
import loading from '@salesforce/label/c.DeskSync_HealthLoading';
import noPermission from '@salesforce/label/c.DeskSync_NoHealthPermission';
import noPermissionHint from '@salesforce/label/c.DeskSync_NoAdminPermissionHint';
import notReadable from '@salesforce/label/c.DeskSync_HealthNotReadable';
import empty from '@salesforce/label/c.DeskSync_NoBridge';
import emptyHint from '@salesforce/label/c.DeskSync_NoBridgeHint';
import unreadable from '@salesforce/label/c.DeskSync_HealthUnknown';
import lastHeard from '@salesforce/label/c.DeskSync_LastHeard';
import refresh from '@salesforce/label/c.DeskSync_Refresh';
import refreshed from '@salesforce/label/c.DeskSync_Refreshed';
import retry from '@salesforce/label/c.DeskSync_RetryAll';
import retried from '@salesforce/label/c.DeskSync_Retried';
import askingBridge from '@salesforce/label/c.DeskSync_AskingOther';
import lateBridge from '@salesforce/label/c.DeskSync_LateBridge';
import notAsked from '@salesforce/label/c.DeskSync_NotAsked';
import counts from '@salesforce/label/c.DeskSync_Counts';
import kind from '@salesforce/label/c.DeskSync_Kind';
import causes from '@salesforce/label/c.DeskSync_Causes';
import noCauses from '@salesforce/label/c.DeskSync_NoCauses';
import parts from '@salesforce/label/c.DeskSync_Parts';
import part from '@salesforce/label/c.DeskSync_Part';
import status from '@salesforce/label/c.DeskSync_Status';
import since from '@salesforce/label/c.DeskSync_Since';
import lag from '@salesforce/label/c.DeskSync_Lag';
import detail from '@salesforce/label/c.DeskSync_Detail';
import budgets from '@salesforce/label/c.DeskSync_Budgets';

/** All texts of the template, in the user's language. */
export const labels = {
  title,
  loading,
  noPermission,
  noPermissionHint,
  notReadable,
  empty,
  emptyHint,
  unreadable,
  lastHeard,
  refresh,
  refreshed,
  retry,
  retried,
  askingBridge,
  lateBridge,
  notAsked,
  counts,
  kind,
  causes,
  noCauses,
  parts,
  part,
  status,
  since,
  lag,
  detail,
  budgets,
};
