import { OBJECT_OF, type PairKind, type SalesforceObject } from '../core/pair.ts';
import { firstBase, writableFields, type FieldMap } from '../core/fieldMap.ts';
import { fittingPerson, onAccount } from '../core/personAccounts.ts';
import type { SalesforceFields } from '../ports/org.ts';
import type { Decided } from './situation.ts';
import type { Engine } from './engine.ts';
import { entry, failed, leftOut, type Result, GONE } from './result.ts';

/**
 * Makes the record and its link in one all-or-nothing graph. The unique key of the link makes a repeat
 * fail whole, so that a bridge that died before it recorded the answer adopts the link instead.
 */
export async function createInSalesforce(
  engine: Engine,
  items: readonly Decided<'createInSalesforce'>[],
): Promise<Result[]> {
  if (items.length === 0) return [];
  const accounts = await accountsOf(engine, items);
  const { pairs } = engine.active();
  const wanted = items.map(({ situation, decision, pair }) =>
    asMade(engine, situation, {
      ...recordType(pairs[situation.pair].recordTypeId),
      ...decision.fields,
      ...accounts.get(pair.row),
    }),
  );
  await engine.store.intend(
    items.map(({ pair, decision }) => ({ pair, intent: { do: 'make', base: decision.base } })),
  );
  const written = await engine.org.createLinked(
    items.map(({ situation, pair }, index) => ({
      ...(wanted[index]?.record ?? { object: OBJECT_OF[situation.pair], fields: {} }),
      pair: situation.pair,
      deskId: pair.deskId ?? '',
      deskUrl: engine.desk.webUrl(situation.pair, pair.deskId ?? ''),
    })),
  );
  return items.map(({ pair, situation, decision }, index) => {
    const answer = written[index];
    if (!answer)
      return failed(engine, pair, {
        class: 'bug',
        code: 'NO_ANSWER',
        message: 'The graph has no answer for this record.',
      });
    if (answer.outcome === 'done') {
      const { maps, desk } = situation;
      const made = { Id: answer.id, SystemModstamp: '', ...wanted[index]?.fields };
      const base = desk && firstBase(maps, made, desk, decision.pending);
      return {
        settlement: {
          kind: 'linked',
          pair,
          salesforceId: answer.id,
          deskId: pair.deskId ?? '',
          linkId: answer.linkId ?? null,
          ...(base ? { base } : {}),
          wrote: ['salesforce'],
        },
        log: [
          entry({ ...pair, salesforceId: answer.id }, 'info', 'newInDesk', 'Created in Salesforce.'),
          ...leftOut({ ...pair, salesforceId: answer.id }, decision.notCarried),
        ],
      };
    }
    if (answer.outcome === 'taken') {
      // The link exists: the next round finds and adopts it.
      return failed(engine, pair, { ...answer.failure, class: 'busy' });
    }
    if (answer.outcome !== 'refused') return failed(engine, pair, GONE);
    // A parent was merged or deleted since it was looked up: the next round sees which one takes its place.
    const { failure } = answer;
    return failed(engine, pair, failure.class === 'gone' ? { ...failure, class: 'busy' } : failure);
  });
}

/** A record to be made, and the mapped fields that it has then. */
type Wanted = {
  readonly record: { readonly object: SalesforceObject; readonly fields: SalesforceFields };
  readonly fields: SalesforceFields;
};

const recordType = (RecordTypeId: string | null): SalesforceFields =>
  RecordTypeId === null ? {} : { RecordTypeId };

/** The record that is made: a person where that is wanted and the customer has no company. */
function asMade(
  { newCustomers, org }: Engine,
  { pair, maps }: { readonly pair: PairKind; readonly maps: readonly FieldMap[] },
  said: SalesforceFields,
): Wanted {
  const RecordTypeId = newCustomers === 'person' ? (org.personAccounts?.recordTypeId ?? null) : null;
  const isPerson = RecordTypeId !== null && pair === 'customer' && (said['AccountId'] ?? null) === null;
  const holds = isPerson ? fittingPerson(said) : said;
  const fields = writableFields(maps, holds);
  const record = isPerson
    ? { object: 'Account' as const, fields: { ...onAccount(fields), RecordTypeId } }
    : { object: OBJECT_OF[pair], fields };
  return { record, fields: { ...holds, ...fields } };
}

/** A new case belongs to the account of its contact, as one does that a person makes. */
async function accountsOf(
  engine: Engine,
  items: readonly Decided<'createInSalesforce'>[],
): Promise<Map<number, { AccountId: string }>> {
  const contactOf = ({ situation, decision }: (typeof items)[number]) =>
    situation.pair === 'case' ? decision.fields['ContactId'] : null;
  const ids = items.map(contactOf).filter((id) => typeof id === 'string');
  const contacts =
    ids.length > 0 ? await engine.org.read('Contact', ['AccountId'], ids) : new Map<string, never>();
  const found = new Map<number, { AccountId: string }>();
  for (const item of items) {
    const account = contacts.get(String(contactOf(item)))?.['AccountId'];
    if (typeof account === 'string') found.set(item.pair.row, { AccountId: account });
  }
  return found;
}
