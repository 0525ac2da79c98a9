import type { PairKind } from '@desk-connect/bridge/core/pair.js';
import type { DeskChanges, DeskWrite, HelpDesk } from '@desk-connect/bridge/ports/helpDesk.js';

const only = ([outcome]: readonly DeskWrite[]): DeskWrite => {
  if (!outcome) throw new Error('One record, and no outcome.');
  return outcome;
};

/** Makes one record; the port takes many at a time. */
export const createOne = async (desk: HelpDesk, pair: PairKind, changes: DeskChanges): Promise<DeskWrite> =>
  only(await desk.create(pair, [{ changes, again: false }]));

export const updateOne = async (
  desk: HelpDesk,
  pair: PairKind,
  id: string,
  changes: DeskChanges,
): Promise<DeskWrite> => only(await desk.update(pair, [{ id, changes }]));
