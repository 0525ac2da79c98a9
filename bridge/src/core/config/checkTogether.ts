import { writtenFields, type FieldMap } from '../fieldMap.ts';
import { PAIRS, type PairKind } from '../pair.ts';
import { allowedBy } from '../selection.ts';
import type { ConfigProblem } from './configProblem.ts';
import { mappingName, type Rule } from './syncConfig.ts';

/** A value that goes from one field to another. */
type Way = { readonly from: string; readonly to: string; readonly map: FieldMap };

function waysOf(maps: readonly FieldMap[], rule: Rule): Way[] {
  return maps.flatMap((map) => {
    const desk = `${map.desk} of Desk`;
    const [own, ofPair] = [allowedBy(map.direction), allowedBy(rule.direction)];
    return writtenFields(map).flatMap((name) => {
      const salesforce = `${name} of Salesforce`;
      return [
        ...(own.toDesk && ofPair.toDesk ? [{ from: salesforce, to: desk, map }] : []),
        ...(own.toSalesforce && ofPair.toSalesforce ? [{ from: desk, to: salesforce, map }] : []),
      ];
    });
  });
}

const shown = ({ salesforce, desk }: FieldMap) => `${salesforce} = ${desk}`;

/** Fields that several others are written to: the last one would win, whichever it is. */
function doubled(pair: PairKind, ways: readonly Way[]): ConfigProblem[] {
  const first = new Map<string, Way>();
  return ways.flatMap((way): ConfigProblem[] => {
    const before = first.get(way.to);
    if (!before) first.set(way.to, way);
    if (!before || before.map === way.map) return [];
    const [name, side] = way.to.split(' of ');
    const other = side === 'Desk' ? 'Salesforce' : 'Desk';
    return [
      {
        level: 'error',
        record: mappingName({ pair, ...way.map }),
        field: side === 'Desk' ? 'desk' : 'salesforce',
        message: `${name} of ${side} would get its value from two fields of ${other}: ${shown(before.map)} and ${shown(way.map)}.`,
        fix: `Let one of the two go to ${other} only, or switch it off.`,
      },
    ];
  });
}

/** The ways that lead on from this one, by another mapping. */
function next(ways: readonly Way[]): Map<string, Way[]> {
  const from = new Map<string, Way[]>();
  for (const way of ways) from.set(way.from, [...(from.get(way.from) ?? []), way]);
  return from;
}

/** The way round that begins with this one and comes back to where it began; null where none does. */
function roundFrom(start: Way, from: ReadonlyMap<string, readonly Way[]>): Way[] | null {
  const seen = new Set<Way>([start]);
  const waiting: Way[][] = [[start]];
  for (let path = waiting.pop(); path; path = waiting.pop()) {
    const last = path.at(-1) ?? start;
    for (const way of from.get(last.to) ?? []) {
      // Back by the same mapping is no way round: that is what two-way means.
      if (way.map === last.map) continue;
      if (way.to === start.from && way.map !== start.map) return [...path, way];
      if (seen.has(way)) continue;
      seen.add(way);
      waiting.push([...path, way]);
    }
  }
  return null;
}

/** Rings of mappings, in which a change would go round. */
function rings(pair: PairKind, ways: readonly Way[]): ConfigProblem[] {
  const from = next(ways);
  const told = new Set<FieldMap>();
  return ways.flatMap((way): ConfigProblem[] => {
    if (told.has(way.map)) return [];
    const round = roundFrom(way, from);
    if (!round) return [];
    for (const one of round) told.add(one.map);
    return [
      {
        level: 'error',
        record: mappingName({ pair, ...way.map }),
        field: 'direction',
        message: `A change would go round: ${[way.from, ...round.map((one) => one.to)].join(', ')}.`,
        fix: 'Switch one of these mappings off, or let it go the other way only.',
      },
    ];
  });
}

/** What is wrong with maps that are each right by themselves. */
export function checkTogether(
  maps: Readonly<Record<PairKind, readonly FieldMap[]>>,
  rules: Readonly<Record<PairKind, Rule>>,
): ConfigProblem[] {
  return PAIRS.flatMap((pair) => {
    const ways = waysOf(maps[pair], rules[pair]);
    return [...doubled(pair, ways), ...rings(pair, ways)];
  });
}
