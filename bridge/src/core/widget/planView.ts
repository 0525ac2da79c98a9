import type { Look } from '../../ports/org.ts';
import { OBJECT_OF, PAIRS } from '../pair.ts';
import { columnsFor } from './card.ts';
import { displayedFields } from './displayed.ts';
import { isSeen, type Plan, type PlanInput } from './plan.ts';
import { planRecords } from './planRecord.ts';
import { planSection, POINTS } from './planSection.ts';
import { objectsBehind } from './shownFields.ts';

/** The objects that have to be described before a view can be planned, besides those that their lookups lead to. */
export function objectsOf({ sections }: Pick<PlanInput, 'sections'>): string[] {
  return [...new Set([...Object.values(OBJECT_OF), ...sections.map(({ object }) => object)])];
}

/** The objects that the lookups in a view lead to, by what is described of its own objects. */
export function lookupsOf({
  mappings,
  sections,
  describes,
}: Pick<PlanInput, 'mappings' | 'sections' | 'describes'>): string[] {
  return [
    ...PAIRS.flatMap((pair) =>
      objectsBehind(OBJECT_OF[pair], displayedFields(pair, mappings).paths, describes),
    ),
    ...sections.flatMap(({ object, fields }) => objectsBehind(object, fields, describes)),
  ];
}

/** What is to be read for a view, and how the answers are shown. Pure. */
export function planView(input: PlanInput): Plan {
  const { root, sections } = input;
  const records = planRecords(input);
  const planned = sections.map((section) => planSection(input, section));
  const own: Look = {
    object: root.object,
    fields: [
      ...Object.values(POINTS[root.object]).filter((name) => isSeen(input, root.object, name)),
      ...records.flatMap(({ record }) => (record === null ? [] : columnsFor(record))),
    ],
    by: 'Id',
    is: { id: root.id },
    condition: null,
    orderBy: null,
    limit: 1,
  };
  return {
    looks: [own, ...planned.flatMap(({ look }) => look ?? [])],
    missing: [...records, ...planned].flatMap(({ missing }) => missing),
    groups: ([first, ...others]) => {
      const found = first?.outcome === 'found' ? first.records[0] : undefined;
      if (!found) return null;
      const answers = others.values();
      return [
        ...records.map(({ group }) => group(found)),
        ...planned.map(({ look, group }) => group(look && (answers.next().value ?? null), found)),
      ];
    },
  };
}
