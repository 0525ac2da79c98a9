import title from '@salesforce/label/c.DeskSync_Mappings';
import loading from '@salesforce/label/c.DeskSync_MappingsLoading';
import noPermission from '@salesforce/label/c.DeskSync_NoMappingsPermission';
import noPermissionHint from '@salesforce/label/c.DeskSync_NoAdminPermissionHint';
import notReadable from '@salesforce/label/c.DeskSync_MappingsNotReadable';
import empty from '@salesforce/label/c.DeskSync_NoBridge';
import emptyHint from '@salesforce/label/c.DeskSync_NoBridgeHint';
import unreadable from '@salesforce/label/c.DeskSync_HealthUnknown';
import changeInOrg from '@salesforce/label/c.DeskSync_ChangeInOrg';
import changeInFile from '@salesforce/label/c.DeskSync_ChangeInFile';
import openSetup from '@salesforce/label/c.DeskSync_OpenSetup';
import problems from '@salesforce/label/c.DeskSync_ConfigProblems';
import direction from '@salesforce/label/c.DeskSync_Direction';
import createsIn from '@salesforce/label/c.DeskSync_CreatesIn';
import updatesIn from '@salesforce/label/c.DeskSync_UpdatesIn';
import toDeskIf from '@salesforce/label/c.DeskSync_ToDeskIf';
import toSalesforceIf from '@salesforce/label/c.DeskSync_ToSalesforceIf';
import recordType from '@salesforce/label/c.DeskSync_RecordType';
import inConflict from '@salesforce/label/c.DeskSync_InConflict';
import onDelete from '@salesforce/label/c.DeskSync_OnDelete';
import nowhere from '@salesforce/label/c.DeskSync_Nowhere';
import salesforceField from '@salesforce/label/c.DeskSync_SalesforceField';
import deskField from '@salesforce/label/c.DeskSync_DeskField';
import notes from '@salesforce/label/c.DeskSync_Notes';
import displayed from '@salesforce/label/c.DeskSync_Displayed';
import standard from '@salesforce/label/c.DeskSync_Standard';
import more from '@salesforce/label/c.DeskSync_MoreMappings';

/** All texts of the component, in the user's language. */
export const labels = {
  title,
  loading,
  noPermission,
  noPermissionHint,
  notReadable,
  empty,
  emptyHint,
  unreadable,
  changeInOrg,
  changeInFile,
  openSetup,
  problems,
  direction,
  createsIn,
  updatesIn,
  toDeskIf,
  toSalesforceIf,
  recordType,
  inConflict,
  onDelete,
  nowhere,
  salesforceField,
  deskField,
  notes,
  displayed,
  standard,
  more,
};
