import { COMPANY_NAME } from './commonMaps.ts';
import { CASE_MAPS } from './desk/caseMaps.ts';
import { CUSTOMER_MAPS } from './desk/customerMaps.ts';
import { DESK_FIELDS } from './desk/fields.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The words of Desk, by its API v2. The maps are the fields that the original synced. */
export const DESK_VOCABULARY: Vocabulary = {
  kind: 'desk',
  title: 'Desk',
  maps: { company: [COMPANY_NAME], customer: CUSTOMER_MAPS, case: CASE_MAPS },
  needed: { company: ['name'], customer: ['lastName'], case: ['subject', 'status', 'customer'] },
  required: { company: ['name'], customer: [], case: ['customer'] },
  withValues: ['status', 'priority', 'channel'],
  fields: DESK_FIELDS,
  types: ['string', 'boolean', 'integer', 'date', 'list'],
  notMapped: {
    labels: 'a case has many labels, and no field of Salesforce takes them all',
    external_id: 'Desk Connect keeps the id of the record in Salesforce there',
    company: 'it is a record of its own, and goes with AccountId only',
    customer: 'it is a record of its own, and goes with ContactId only',
  },
  customNames: "Custom fields are named custom_fields. and the field's key in Desk.",
};
