import { salesforcePriority, salesforceStatus } from '@desk-connect/bridge/core/vocabulary/desk/words.js';
import { updateCase } from '../../desk/cases.ts';
import type { Case } from '../../desk/state.ts';
import type { World } from '../../support/world.ts';
import type { Arrivals } from './arrivals.ts';

type Pair = { readonly salesforceId: string; readonly deskCase: Case };
/** One way that changes go: makes the n-th change, of the n-th case in turn, and sees what arrives. */
export type Way = {
  readonly pairs: readonly Pair[];
  readonly writesTo: 'salesforce' | 'desk';
  change(number: number, cases?: number): string;
  /** Tells these of what arrives from now on. */
  watch(arrivals: Arrivals): void;
  /** What differs between the two sides of a pair; empty where all are in the same state. */
  differences(): string[];
};

const PRIORITIES = ['Low', 'Medium', 'High'];
const numberIn = (subject: unknown) => Number(/^Change (\d+)$/.exec(String(subject))?.[1] ?? Number.NaN);

/**
 * Both ways over the linked cases of a world. Changes are made within the sides, each in a transaction of its own, so
 * that no request of this program is among those that are counted.
 */
export function waysOf({
  org: { org, username },
  desk: { state },
}: World): Record<'toDesk' | 'toSalesforce', Way> {
  const cases = new Map(state.tables.cases.map((one) => [String(one.id), one]));
  const pairs = [...org.records.rows('Desk_Link__c').values()].flatMap((link) => {
    const deskCase = link['Case__c'] ? cases.get(String(link['Desk_Id__c'])) : undefined;
    return deskCase ? [{ salesforceId: String(link['Record_Id__c']), deskCase }] : [];
  });
  const idOf = new Map(pairs.map(({ salesforceId, deskCase }) => [deskCase as object, salesforceId]));
  const caseObject = org.schema.object('Case');
  if (!caseObject) throw new Error('The org has no cases');
  const userId = org.userId(username);
  let inDesk: Arrivals | null = null;
  let inSalesforce: Arrivals | null = null;
  state.onWrite = (record) => {
    const id = inDesk && idOf.get(record);
    if (id) inDesk?.came(id, numberIn((record as Case).subject));
  };
  org.listeners.committed.push(({ changes }) => {
    for (const { object, id, after } of inSalesforce ? changes : [])
      if (object === 'Case') inSalesforce?.came(id, numberIn(after?.['Subject']));
  });
  const pairAt = (number: number, among = pairs.length) => {
    const pair = pairs[number % Math.min(among, pairs.length)];
    if (!pair) throw new Error('No cases are linked');
    return pair;
  };
  const differences = () =>
    pairs.flatMap(({ salesforceId, deskCase }) => {
      const record = org.records.live('Case', salesforceId);
      const both = [
        [record['Subject'], deskCase.subject],
        [record['Description'] ?? null, deskCase.description],
        [record['Status'], salesforceStatus(deskCase.status)],
        [record['Priority'], salesforcePriority(deskCase.priority)],
      ];
      return both.filter(([a, b]) => a !== b).map(([a, b]) => `${salesforceId}: ${String(a)}, ${String(b)}`);
    });
  const priority = (number: number) => PRIORITIES[Math.floor(number / pairs.length) % PRIORITIES.length];
  return {
    toDesk: {
      pairs,
      writesTo: 'desk',
      change: (number, among) => {
        const { salesforceId } = pairAt(number, among);
        org.records.transact(userId, null, () =>
          org.records.update(caseObject, salesforceId, {
            Subject: `Change ${number}`,
            Priority: priority(number),
          }),
        );
        return salesforceId;
      },
      watch: (arrivals) => {
        [inDesk, inSalesforce] = [arrivals, null];
      },
      differences,
    },
    toSalesforce: {
      pairs,
      writesTo: 'salesforce',
      change: (number, among) => {
        const { salesforceId, deskCase } = pairAt(number, among);
        updateCase(state, deskCase, {
          subject: `Change ${number}`,
          priority: 2 + 3 * PRIORITIES.indexOf(priority(number) ?? ''),
        });
        return salesforceId;
      },
      watch: (arrivals) => {
        [inDesk, inSalesforce] = [null, arrivals];
      },
      differences,
    },
  };
}
