import type { Vocabulary } from './vocabulary.ts';
import { ZENDESK_FIELDS } from './zendesk/fields.ts';
import { ZENDESK_MAPS } from './zendesk/maps.ts';

const A_RECORD = 'it is a record of its own, and goes with';

/**
 * The words of Zendesk. What its adapter puts into the port's records, and takes from there:
 * - A user's one `name` is `lastName`; `firstName` and `title` are null.
 * - The primary e-mail address is the only one of `emails`, whose type says nothing; a write names the one that is to
 *   be primary, or none. Other identities stay as they are: no map knows of them. `phones` is `phone` likewise.
 * - `background` is `notes`, `companyId` is `organization_id`, `customerId` is `requester_id`.
 * - A ticket's `type` is `via.channel`; its `priority` is null where it has none.
 * - A ticket is made with `description` as its first comment, or with its subject where it has none.
 * - `customFields` of users and organizations go by the field's key, those of tickets by its id as text. A list is
 *   the value of its option (not the name), a selection (`multi`) the values joined by `;`, a number its digits as
 *   text; a date may have a time behind it.
 * - Field types: text, textarea and regexp are `string`, checkbox `boolean`, integer, decimal and date themselves,
 *   tagger and dropdown `list`, multiselect `multi`, whatever else `other`.
 */
export const ZENDESK_VOCABULARY: Vocabulary = {
  kind: 'zendesk',
  title: 'Zendesk',
  maps: ZENDESK_MAPS,
  needed: { company: ['name'], customer: ['name'], case: ['subject', 'status', 'customer'] },
  required: { company: ['name'], customer: ['name'], case: ['customer'] },
  withValues: ['status', 'priority', 'channel'],
  fields: ZENDESK_FIELDS,
  types: ['string', 'boolean', 'integer', 'decimal', 'date', 'list', 'multi'],
  notMapped: {
    tags: 'a ticket has many tags, and no field of Salesforce takes them all',
    external_id: 'Desk Connect keeps the id of the record in Salesforce there',
    organization_id: `${A_RECORD} AccountId only`,
    requester_id: `${A_RECORD} ContactId only`,
    assignee_id: 'an agent is nobody that Salesforce knows',
    custom_status_id: 'status goes by the category of a custom status',
  },
  customNames:
    "Custom fields are named custom_fields. and the field's key in Zendesk; of a ticket, its number there.",
};
