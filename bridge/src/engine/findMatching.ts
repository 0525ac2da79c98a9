import type { ActivePair } from '../core/config/activeConfig.ts';
import { OBJECT_OF, type PairKind } from '../core/pair.ts';
import type { SalesforceRecord } from '../ports/org.ts';
import type { Engine } from './engine.ts';

/** Whether a record that was read meets the condition of its rule, by its id. */
export type Matching = (salesforceId: string) => boolean;

/** Which of the records meet the condition of their rule: Salesforce itself says so. No condition costs no request. */
export async function findMatching(
  engine: Engine,
  { salesforceCondition }: ActivePair,
  kind: PairKind,
  records: ReadonlyMap<string, SalesforceRecord>,
): Promise<Matching> {
  if (salesforceCondition === null || records.size === 0) return () => true;
  const matching = await engine.org.matching(OBJECT_OF[kind], salesforceCondition, [...records.keys()]);
  return (id) => matching.has(id);
}
