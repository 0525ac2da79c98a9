import { fieldOf, type FieldMap } from '../../fieldMap.ts';
import { text } from '../../values.ts';
import { customerOfCase, statusBy, SUBJECT } from '../commonMaps.ts';
import * as words from './words.ts';

/** Desk cuts a case's description here. */
const DESCRIPTION = 255;

export const CASE_MAPS: readonly FieldMap[] = [
  SUBJECT,
  fieldOf('case', {
    name: 'description',
    salesforce: 'Description',
    desk: 'description',
    deskValue: (deskCase) => deskCase.description,
    toSalesforce: (value) => text(value, 32_000),
    toDesk: (value) => text(value, DESCRIPTION),
    write: (draft, value) => {
      draft.description = value === null ? null : String(value);
    },
  }),
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
