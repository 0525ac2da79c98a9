import { missingInLayout, type LayoutAdditions, type RelatedList } from '../merge/layout.ts';
import { isPlaced, place } from '../merge/recordPage.ts';
import { findFile } from '../org/manifest.ts';
import type { OrgView } from '../org/orgView.ts';
import { missing, ok, warning, type Finding, type Requirement } from './requirement.ts';

const CASE_COLUMNS = [
  'CASES.CASE_NUMBER',
  'CASES.SUBJECT',
  'CASES.PRIORITY',
  'CASES.CREATED_DATE_DATE_ONLY',
  'CASES.STATUS',
  'OWNER_NAME',
];
const CASES: RelatedList = { name: 'RelatedCaseList', columns: CASE_COLUMNS };
const EMAILS: RelatedList = { name: 'RelatedEmailMessageList', columns: [] };
const links = (object: string): RelatedList => ({
  name: `Desk_Link__c.${object}__c`,
  columns: ['NAME', 'Status__c', 'Last_Synced__c'],
});

/** What the original asked of the layouts, and the list of links. */
const LISTS: Readonly<Record<string, readonly RelatedList[]>> = {
  Account: [CASES, links('Account')],
  Contact: [CASES, links('Contact')],
  Case: [EMAILS, links('Case')],
};
const FIELDS: Readonly<Record<string, readonly string[]>> = {
  Account: ['Name', 'Fax', 'Description', 'Phone'],
  Contact: ['Title', 'Description', 'Name', 'Email', 'Phone', 'OtherPhone', 'HomePhone', 'MobilePhone'],
  Case: ['ContactId', 'AccountId', 'Subject', 'Description', 'Status', 'Priority', 'Origin'],
};
/** Where layouts rule which fields a user may write. */
const LAYOUTS_RULE_ACCESS = new Set(['Professional Edition']);

type Layout = { readonly fullName: string; readonly object: string; readonly file: string };

/** The layouts in use, with their files. */
function layoutsOf({ layouts, present }: OrgView): Layout[] {
  return layouts.flatMap((fullName) => {
    const file = findFile(present, 'layouts', fullName)?.text;
    return file === undefined ? [] : [{ fullName, object: fullName.split('-')[0] ?? '', file }];
  });
}

function check(wantedOf: (object: string) => LayoutAdditions): (view: OrgView) => Finding {
  return (view) => {
    const found = layoutsOf(view).map(({ fullName, object, file }) => ({
      layout: fullName,
      additions: missingInLayout(file, wantedOf(object)),
    }));
    const lacking = found.filter(
      ({ additions }) => additions.relatedLists.length + additions.fields.length > 0,
    );
    if (lacking.length === 0) return ok(`${found.length} layouts in use`);
    const lines = lacking.map(
      ({ layout, additions }) =>
        `${layout}: ${[...additions.relatedLists.map((list) => list.name), ...additions.fields].join(', ')}`,
    );
    return missing(
      lines.join('; '),
      lacking.map((one) => ({ kind: 'addToLayout' as const, ...one })),
    );
  };
}

const lists = check((object) => ({ relatedLists: LISTS[object] ?? [], fields: [] }));
const fields = check((object) => ({ relatedLists: [], fields: FIELDS[object] ?? [] }));

function recordPages({ recordPages: pages, present, features }: OrgView): Finding {
  if (pages === null)
    return ok('not asked for: drag Desk Sync Status onto a page, or run setup with --place-components');
  if (!features.components)
    return warning('This edition takes components by package only.', 'Install the package, then place them.');
  const files = pages.flatMap((page) => {
    const file = present.get(`flexipages/${page}.flexipage`);
    return file === undefined ? [] : [{ page, file }];
  });
  const without = files.filter(({ file }) => !isPlaced(file));
  const fitting = without.filter(({ file }) => place(file) !== null);
  if (fitting.length > 0)
    return missing(
      `not on ${fitting.map(({ page }) => page).join(', ')}`,
      fitting.map(({ page }) => ({ kind: 'placeComponent' as const, page })),
    );
  if (without.length > 0)
    return warning(
      `No sidebar or main region on ${without.map(({ page }) => page).join(', ')}.`,
      'Drag Desk Sync Status onto it in the Lightning App Builder.',
    );
  if (files.length === 0)
    return warning(
      'No record page of your own is in use: Salesforce shows its default, which cannot be changed.',
      'Open a case, choose Edit Page, drag Desk Sync Status onto it, save and activate.',
    );
  return ok(files.map(({ page }) => page).join(', '));
}

export const PAGE_REQUIREMENTS: readonly Requirement[] = [
  {
    id: 'related-lists',
    group: 'Pages',
    title: 'Related lists of cases, e-mails and links',
    why: 'Agents see there what came from Desk. Every layout that somebody has is looked at, whatever its name.',
    section: 'Account Objects',
    check: lists,
  },
  {
    id: 'layout-fields',
    group: 'Pages',
    title: 'Fields on the layouts, where layouts rule access',
    why: 'In Professional Edition a field that is not on the layout cannot be written.',
    section: 'Contact Objects',
    check: (view) =>
      LAYOUTS_RULE_ACCESS.has(view.edition) ? fields(view) : ok(`not needed in ${view.edition}`),
  },
  {
    id: 'record-pages',
    group: 'Pages',
    title: 'Desk Sync Status on the record pages in use',
    why: 'Agents see on the record whether it is in step with Desk.',
    section: null,
    check: recordPages,
  },
];
