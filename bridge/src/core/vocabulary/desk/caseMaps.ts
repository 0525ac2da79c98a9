import { fieldOf, type FieldMap } from '../../fieldMap.ts';
import { text } from '../../values.ts';
import { customerOfCase, descriptionOfCase, statusBy, SUBJECT } from '../commonMaps.ts';
import * as words from './words.ts';

/** Desk cuts a case's description here. */
const DESCRIPTION = 255;

export const CASE_MAPS: readonly FieldMap[] = [
  SUBJECT,
  descriptionOfCase({ toDesk: (value) => text(value, DESCRIPTION) }),
  statusBy({ salesforce: words.salesforceStatus, desk: words.deskStatus }),
  fieldOf('case', {
    name: 'priority',
    salesforce: 'Priority',
    desk: 'priority',
    deskValue: (deskCase) => deskCase.priority,
    toSalesforce: words.salesforcePriority,
    toDesk: words.deskPriority,
    write: (draft, value) => {
      draft.priority = Number(value);
    },
  }),
  fieldOf('case', {
    name: 'channel',
    salesforce: 'Origin',
    desk: 'type',
    createOnly: true,
    deskValue: (deskCase) => deskCase.type,
    toSalesforce: words.salesforceOrigin,
    toDesk: words.deskType,
    write: (draft, value) => {
      draft.type = String(value);
    },
  }),
  customerOfCase('customer'),
];
