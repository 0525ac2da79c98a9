import { insertChild, removeElement, type NewElement } from './splice.ts';
import { elementsNamed, parseXml, textOf, type Element } from './xml.ts';

export type LayoutAdditions = {
  readonly relatedLists: readonly RelatedList[];
  /** Fields of the object, by API name. */
  readonly fields: readonly string[];
};
export type RelatedList = { readonly name: string; readonly columns: readonly string[] };

/** Of the related lists and fields wanted, those that a retrieved layout does not show. */
export function missingInLayout(file: string, wanted: LayoutAdditions): LayoutAdditions {
  const layout = parseXml(file);
  const lists = new Set(elementsNamed(layout, 'relatedLists').map((list) => textOf(list, 'relatedList')));
  const fields = new Set(columnsOf(layout).flatMap(fieldsOf));
  return {
    relatedLists: wanted.relatedLists.filter((list) => !lists.has(list.name)),
    fields: wanted.fields.filter((field) => !fields.has(field)),
  };
}

/** Adds what is missing: related lists behind those that are there, fields at the end of the first section. */
export function addToLayout(file: string, { relatedLists, fields }: LayoutAdditions): string {
  const withFields = fields.reduce((merged, field) => {
    const layout = parseXml(merged);
    const [column] = columnsOf(layout);
    const item: NewElement = [
      'layoutItems',
      [
        ['behavior', 'Edit'],
        ['field', field],
      ],
    ];
    return column ? insertChild(merged, column, item) : insertChild(merged, layout, sectionWith(item));
  }, file);
  return relatedLists.reduce(
    (merged, list) => insertChild(merged, parseXml(merged), element(list)),
    withFields,
  );
}

/** Takes related lists and fields away again. */
export function removeFromLayout(file: string, additions: LayoutAdditions): string {
  const withoutLists = additions.relatedLists.reduce((left, { name }) => {
    const list = elementsNamed(parseXml(left), 'relatedLists').find(
      (one) => textOf(one, 'relatedList') === name,
    );
    return list ? removeElement(left, list) : left;
  }, file);
  return additions.fields.reduce((left, field) => {
    const item = columnsOf(parseXml(left))
      .flatMap((column) => elementsNamed(column, 'layoutItems'))
      .find((one) => textOf(one, 'field') === field);
    return item ? removeElement(left, item) : left;
  }, withoutLists);
}

function columnsOf(layout: Element): Element[] {
  return elementsNamed(layout, 'layoutSections')
    .filter((section) => textOf(section, 'style') !== 'CustomLinks')
    .flatMap((section) => elementsNamed(section, 'layoutColumns'));
}

const fieldsOf = (column: Element) =>
  elementsNamed(column, 'layoutItems').flatMap((item) => textOf(item, 'field') ?? []);

const element = ({ name, columns }: RelatedList): NewElement => [
  'relatedLists',
  [...columns.map((column) => ['fields', column] as const), ['relatedList', name]],
];

/** Some layouts have nothing but links and related lists. */
const sectionWith = (item: NewElement): NewElement => [
  'layoutSections',
  [
    ['customLabel', 'true'],
    ['detailHeading', 'false'],
    ['editHeading', 'true'],
    ['label', 'Desk Connect'],
    ['layoutColumns', [item]],
    ['style', 'OneColumn'],
  ],
];
