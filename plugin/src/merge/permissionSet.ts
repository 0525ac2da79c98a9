import { insertChild, removeElement, type NewElement } from './splice.ts';
import { elementsNamed, parseXml, textOf, type Element } from './xml.ts';

/** What differs from org to org in what the integration user needs. */
export type OrgTraits = {
  readonly personAccounts: boolean;
  readonly platformEvents: boolean;
  readonly customMetadata: boolean;
  /** Active record types, as `Case.Support`. */
  readonly recordTypes: readonly string[];
  /** User permissions that this org knows, by API name: some come with a licence or a preference. */
  readonly userPermissions: ReadonlySet<string>;
};

const PERSON_FIELDS = [
  'Account.PersonEmail',
  'Account.PersonHomePhone',
  'Account.PersonMobilePhone',
  'Account.PersonOtherPhone',
  'Account.PersonTitle',
];

/**
 * The permission set as this org can take it: with the fields of person accounts and the record types that there
 * are, without what the org does not have. A deployment that names one unknown thing is refused whole.
 */
export function forOrg(file: string, traits: OrgTraits): string {
  let text = file;
  if (!traits.platformEvents)
    text = without(text, 'objectPermissions', (one) => isEvent(textOf(one, 'object')));
  if (!traits.customMetadata) text = without(text, 'customMetadataTypeAccesses', () => true);
  text = without(text, 'userPermissions', (one) => !traits.userPermissions.has(textOf(one, 'name') ?? ''));
  // Only who reads accounts at all can be given fields and record types of them.
  const objects = new Set(
    elementsNamed(parseXml(text), 'objectPermissions').map((one) => textOf(one, 'object')),
  );
  if (traits.personAccounts && objects.has('Account'))
    text = PERSON_FIELDS.reduce(
      (merged, field) => insertChild(merged, parseXml(merged), editable(field)),
      text,
    );
  const visible = traits.recordTypes.filter((name) => objects.has(name.split('.')[0] ?? ''));
  return visible.reduce((merged, name) => insertChild(merged, parseXml(merged), visibility(name)), text);
}

function without(file: string, name: string, drop: (one: Element) => boolean): string {
  const element = elementsNamed(parseXml(file), name).find(drop);
  return element ? without(removeElement(file, element), name, drop) : file;
}

const isEvent = (object: string | null) => object?.endsWith('__e') === true;

const editable = (field: string): NewElement => [
  'fieldPermissions',
  [
    ['editable', 'true'],
    ['field', field],
    ['readable', 'true'],
  ],
];

const visibility = (recordType: string): NewElement => [
  'recordTypeVisibilities',
  [
    ['recordType', recordType],
    ['visible', 'true'],
  ],
];
