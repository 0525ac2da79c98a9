import type { Entry } from '../core/decideConversation.ts';
import { RequestFailed, type Failure } from '../core/failure.ts';
import { inLanes } from '../core/inLanes.ts';
import { messageId } from '../core/pair.ts';
import { mayUpdate, type Allowed } from '../core/selection.ts';
import type { DeskCase, DeskInteraction } from '../ports/helpDesk.ts';
import type { Conversation } from '../ports/org.ts';
import type { Settlement } from '../store/store.ts';
import type { Engine } from './engine.ts';
import type { Decided } from './situation.ts';

/** Why a conversation could not cross, by the row of its pair. */
export type Refusals = Map<number, Failure>;

type InStep = Extract<Settlement, { kind: 'inStep' }>;
/** A case whose conversation is to be compared. */
export type DueCase = {
  readonly settlement: InStep;
  readonly desk: DeskCase;
  readonly contactId: string | null;
  /** Which way the rule lets it cross. */
  readonly allowed: Allowed;
};
/** All that either side has of a case's conversation. */
export type Talk = DueCase & {
  readonly notes: readonly Entry[];
  readonly messages: readonly DeskInteraction[];
  readonly salesforce: Conversation;
};

const NOTHING: Conversation = { comments: [], emails: [], tasks: [], noteLinks: [], interactionLinks: [] };

/** Cases whose conversations are read, or written in Desk, at the same time: the entries of each come in order. */
export const CASES_AT_ONCE = 8;

/** The cases where something came on either side since the last time. */
export function dueCases(settlements: readonly Settlement[], decided: readonly Decided[]): DueCase[] {
  const situations = new Map(decided.map(({ pair, situation }) => [pair.row, situation]));
  return settlements.flatMap((settlement) => {
    if (settlement.kind !== 'inStep') return [];
    const situation = situations.get(settlement.pair.row);
    if (!situation) return [];
    const { desk, salesforce, rule, included } = situation;
    if (desk?.pair !== 'case' || settlement.pair.conversation === desk.conversation) return [];
    const contact = salesforce?.['ContactId'];
    const contactId = typeof contact === 'string' ? contact : null;
    return [{ settlement, desk, contactId, allowed: mayUpdate(rule, included) }];
  });
}

/** Reads both sides of conversations: Salesforce for all at once, of Desk only what is there. */
export async function readTalks(
  engine: Engine,
  due: readonly DueCase[],
): Promise<{ talks: Talk[]; refusals: Refusals }> {
  const inSalesforce = await engine.org.conversations(due.map(({ settlement }) => settlement.salesforceId));
  const talks: Talk[] = [];
  const refusals: Refusals = new Map();
  await inLanes(due, CASES_AT_ONCE, async (one) => {
    try {
      talks.push(await readTalk(engine, one, inSalesforce.get(one.settlement.salesforceId) ?? NOTHING));
    } catch (error) {
      if (!(error instanceof RequestFailed)) throw error;
      refusals.set(one.settlement.pair.row, error.failure);
    }
  });
  return { talks, refusals };
}

async function readTalk(engine: Engine, one: DueCase, salesforce: Conversation): Promise<Talk> {
  const { firstMessage } = one.desk;
  const wantsIt = wantsMessage(one, salesforce);
  const known = wantsIt && firstMessage ? [firstMessage] : [];
  const said = await engine.desk.conversation(one.desk, { message: wantsIt && !firstMessage });
  return { ...one, salesforce, notes: said?.notes ?? [], messages: [...known, ...(said?.messages ?? [])] };
}

/** The first message never changes, and in a case that came from Salesforce it is the description over again. */
function wantsMessage({ desk, settlement }: DueCase, { interactionLinks }: Conversation): boolean {
  if (desk.externalId === settlement.salesforceId) return false;
  return !interactionLinks.some(({ deskId }) => deskId === messageId(desk.id));
}
