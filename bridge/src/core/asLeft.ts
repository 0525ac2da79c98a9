import type { DeskRecord } from '../ports/helpDesk.ts';
import type { SalesforceRecord } from '../ports/org.ts';
import type { ActivePair } from './config/activeConfig.ts';
import { deskValues, type DeskDraft } from './fieldMap.ts';
import type { PairKind } from './pair.ts';
import { writesList } from './trustSearch.ts';
import { fingerprint, type Base } from './values.ts';

/** A linked pair that was in step, as far as it matters here. */
export type Left = {
  readonly deskId: string;
  readonly base: Base;
  /** What was last seen in Desk. */
  readonly deskSeen: string | null;
  /** Of a case: the mark of its conversation when that was last in step. */
  readonly conversation: string | null;
};

/**
 * The record of Desk as the two were left, where its feed has told of nothing since; null where it has to be asked.
 * Asked for many records at once, Desk answers from an index that lags and knows no more than its feed. A list that
 * is written whole needs what it holds now, and where Desk can win a conflict its value does.
 */
export function asLeftInDesk(
  kind: PairKind,
  { maps, rule }: ActivePair,
  { deskId, base, deskSeen, conversation }: Left,
  salesforce: SalesforceRecord,
): DeskRecord | null {
  if (base.deskSeen === undefined || base.deskSeen !== deskSeen) return null;
  if (rule.conflict !== 'salesforce' || maps.some(({ owner = 'salesforce' }) => owner !== 'salesforce'))
    return null;
  if (maps.some(({ watched }) => watched === 'desk')) return null;
  if (writesList(maps, base, salesforce)) return null;
  const draft: DeskDraft = {};
  for (const map of maps) {
    const value = base.desk[map.name];
    if (value === undefined) return null;
    map.write(draft, value, null);
  }
  const record = recordOf(kind, draft, { deskId, base, conversation });
  // Whatever cannot be told from the base alone shows here.
  return record && fingerprint(deskValues(maps, record)) === fingerprint(base.desk) ? record : null;
}

function recordOf(
  kind: PairKind,
  draft: DeskDraft,
  { deskId, base, conversation }: Pick<Left, 'deskId' | 'base' | 'conversation'>,
): DeskRecord | null {
  const common = { id: deskId, updatedAt: base.deskAt ?? '', customFields: draft.customFields ?? {} };
  switch (kind) {
    case 'company':
      return { pair: 'company', ...common, externalId: null, name: draft.name ?? '', domains: [] };
    case 'customer':
      return {
        pair: 'customer',
        ...common,
        externalId: null,
        firstName: draft.firstName ?? null,
        lastName: draft.lastName ?? null,
        title: draft.title ?? null,
        background: draft.background ?? null,
        emails: draft.emails ?? [],
        phones: draft.phones ?? [],
        companyId: draft.companyId ?? null,
      };
    case 'case':
      if (conversation === null) return null;
      return {
        pair: 'case',
        ...common,
        externalId: null,
        subject: draft.subject ?? null,
        description: draft.description ?? null,
        status: draft.status ?? '',
        priority: draft.priority ?? null,
        type: draft.type ?? '',
        // Asked of a conversation that is compared, and this one is as it was.
        isEmail: false,
        customerId: draft.customerId ?? null,
        conversation,
      };
  }
}
