import { PAIRS, type PairKind } from '../pair.ts';
import { allowedBy } from '../selection.ts';
import { error, type ConfigProblem } from './configProblem.ts';
import type { Describes } from './describes.ts';
import { mapsOf } from './mappingMaps.ts';
import { mappingKey, mappingName, type SyncConfig } from './syncConfig.ts';

/** What is wrong with mappings only when they are seen together: doubled ones, and changes that would go round. */
export function checkTogether(config: SyncConfig, describes: Describes): ConfigProblem[] {
  const maps = mapsOf(config, describes);
  return [...twice(config), ...PAIRS.flatMap((pair) => collisions(pair, maps[pair]))];
}

function twice({ mappings }: SyncConfig): ConfigProblem[] {
  const seen = new Set<string>();
  return mappings.flatMap((mapping) => {
    const key = mappingKey(mapping);
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [error(mappingName(mapping), '', 'There are two mappings of these fields.', 'Take one out.')];
  });
}

type Edge = {
  readonly salesforce: string;
  readonly desk: string;
  readonly toSalesforce: boolean;
  readonly toDesk: boolean;
};

/** Each field is written from one field alone, and a change that crosses does not come back by another way. */
function collisions(pair: PairKind, maps: ReturnType<typeof mapsOf>[PairKind]): ConfigProblem[] {
  const edges = maps
    .filter(({ watched }) => watched === undefined)
    .map(({ salesforce, desk, direction = 'two-way' }): Edge => ({
      salesforce,
      desk,
      ...allowedBy(direction),
    }));
  const problems: ConfigProblem[] = [];
  edges.forEach((edge, index) => {
    for (const other of edges.slice(0, index)) {
      const record = mappingName({ pair, ...edge });
      if (edge.salesforce === other.salesforce && edge.toSalesforce && other.toSalesforce)
        problems.push(
          error(
            record,
            'direction',
            `${edge.salesforce} is written from ${other.desk} already.`,
            'Let one of the two go to Desk only, or take it out.',
          ),
        );
      if (edge.desk === other.desk && edge.toDesk && other.toDesk)
        problems.push(
          error(
            record,
            'direction',
            `${edge.desk} is written from ${other.salesforce} already.`,
            'Let one of the two go to Salesforce only, or take it out.',
          ),
        );
    }
  });
  return problems.length > 0 ? problems : rounds(pair, edges);
}

/** A change would go round where fields lead back to where it began by more than the mapping that it came by. */
function rounds(pair: PairKind, edges: readonly Edge[]): ConfigProblem[] {
  const next = new Map<string, { node: string; edge: Edge }[]>();
  const add = (from: string, node: string, edge: Edge) =>
    next.set(from, [...(next.get(from) ?? []), { node, edge }]);
  for (const edge of edges) {
    if (edge.toDesk) add(`S ${edge.salesforce}`, `D ${edge.desk}`, edge);
    if (edge.toSalesforce) add(`D ${edge.desk}`, `S ${edge.salesforce}`, edge);
  }
  for (const edge of edges) {
    if (!edge.toDesk) continue;
    const start = `S ${edge.salesforce}`;
    const open = [{ node: `D ${edge.desk}`, via: edge }];
    const visited = new Set<string>();
    for (let at = open.pop(); at; at = open.pop()) {
      for (const step of next.get(at.node) ?? []) {
        if (step.edge === at.via || visited.has(step.node)) continue;
        if (step.node === start) {
          const message = `A change of ${edge.salesforce} would come back to it by ${step.edge.desk}.`;
          return [
            error(
              mappingName({ pair, ...edge }),
              'direction',
              message,
              'Let one mapping of the circle go one way only.',
            ),
          ];
        }
        visited.add(step.node);
        open.push({ node: step.node, via: step.edge });
      }
    }
  }
  return [];
}
