import type { OrgView } from '../org/orgView.ts';
import { ok, warning, type Requirement } from './requirement.ts';

/** Origins that the channels of Desk become. */
const ORIGINS = ['Email', 'Phone', 'Web'];

const requiredFields = ({ fields }: OrgView) =>
  [...fields].flatMap(([object, list]) =>
    list.filter((field) => field.custom && field.mustBeGiven).map((field) => `${object}.${field.name}`),
  );

/** What an admin has built that can refuse a record of the bridge: told beforehand, changed by nobody. */
export const AUTOMATION_REQUIREMENTS: readonly Requirement[] = [
  {
    id: 'required-fields',
    group: 'What the org does by itself',
    title: 'Required fields of your own',
    why: 'A record from Desk that has nothing for a required field is refused.',
    section: null,
    check: (view) => {
      const found = requiredFields(view);
      return found.length === 0
        ? ok('none on Account, Contact and Case')
        : warning(found.join(', '), 'Give each a default value, or make it required on the layout instead.');
    },
  },
  {
    id: 'restricted-picklists',
    group: 'What the org does by itself',
    title: 'Case Origin takes the channels of Desk',
    why: 'A restricted picklist refuses a value that it does not have.',
    section: 'Case Object Requirements',
    check: ({ fields }) => {
      const origin = fields.get('Case')?.find((field) => field.name === 'Origin');
      const lacking = ORIGINS.filter((value) => origin?.restrictedTo?.includes(value) === false);
      return lacking.length === 0
        ? ok(origin?.restrictedTo ? ORIGINS.join(', ') : 'not restricted')
        : warning(
            `Case Origin is restricted and lacks ${lacking.join(', ')}`,
            'Add the values in Setup, Object Manager, Case, Case Origin.',
          );
    },
  },
  {
    id: 'duplicate-rules',
    group: 'What the org does by itself',
    title: 'Duplicate rules',
    why: 'An active rule that blocks refuses a record from Desk that looks like one in the org.',
    section: null,
    check: ({ duplicateRules }) =>
      duplicateRules.length === 0
        ? ok('none active on Account, Contact and Case')
        : warning(
            duplicateRules.map(({ object, label }) => `${object}: ${label}`).join(', '),
            'If a rule blocks (rather than alerts), exempt the integration user by a condition of the rule. A record that it refuses shows on its link.',
          ),
  },
];
