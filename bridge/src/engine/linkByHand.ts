import { deskKey, OBJECT_OF, type PairKind } from '../core/pair.ts';
import { PRIORITY } from '../core/spending.ts';
import type { Engine } from './engine.ts';
import { missingRecord } from './missingRecord.ts';

type Named = { readonly pair: PairKind; readonly id: string };
export type LinkOutcome =
  | { readonly outcome: 'linked' }
  | { readonly outcome: 'refused'; readonly code: string; readonly message: string };

/**
 * Ties a record of Salesforce to one of Desk because somebody says that they are the same. Only the row in
 * Salesforce is made here, whose unique keys keep a second link out; the inbox then adopts it as any other.
 * @throws RequestFailed when a side does not answer
 */
export async function linkByHand(engine: Engine, salesforce: Named, desk: Named): Promise<LinkOutcome> {
  const { pair } = salesforce;
  if (pair !== desk.pair)
    return refused('NOT_THE_SAME_KIND', `A ${OBJECT_OF[pair]} goes with a ${pair}, not with a ${desk.pair}.`);
  const links = [
    ...(await engine.org.findLinks('recordId', [salesforce.id])),
    ...(await engine.org.findLinks('deskKey', [deskKey(pair, desk.id)])),
  ];
  const same = links.find((link) => link.recordId === salesforce.id && link.deskId === desk.id);
  if (same?.status === 'Unlinked')
    return refused('UNLINKED', 'The two are tied already and unlinked. Relink them instead.');
  const [other] = links.filter((link) => link !== same);
  if (!same && other) {
    const what = `${other.recordId} is tied to ${deskKey(pair, other.deskId)}`;
    return refused('TAKEN', `${what}. Delete that link in Salesforce first, if it is wrong.`);
  }
  const gone =
    (await missingRecord(engine, { pair, side: 'salesforce', id: salesforce.id })) ??
    (await missingRecord(engine, { pair, side: 'desk', id: desk.id }));
  if (gone !== null) return refused('GONE', gone);
  if (!same) {
    const deskUrl = engine.desk.webUrl(pair, desk.id);
    const row = { pair, deskId: desk.id, recordId: salesforce.id, deskUrl };
    const [answer] = await engine.org.createLinks([row]);
    if (answer?.outcome === 'taken' || answer?.outcome === 'refused')
      return refused(answer.failure.code, answer.failure.message);
  }
  await engine.store.sight(
    [
      { pair, side: 'salesforce', id: salesforce.id },
      { pair, side: 'desk', id: desk.id },
    ],
    PRIORITY.live,
  );
  return { outcome: 'linked' };
}

const refused = (code: string, message: string): LinkOutcome => ({ outcome: 'refused', code, message });
