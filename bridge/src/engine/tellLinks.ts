import { RequestFailed, type Failure } from '../core/failure.ts';
import type { Pair } from '../store/store.ts';
import type { Engine } from './engine.ts';
import { failing } from './result.ts';

/** Says on the links of pairs why they fail, as far as Salesforce lets us; the log of the bridge has it in any case. */
export async function tellLinks(engine: Engine, pairs: readonly Pair[], failure: Failure): Promise<void> {
  const change = failing(failure);
  const rows = pairs.flatMap(({ linkId }) => (linkId === null ? [] : [{ id: linkId, change }]));
  if (rows.length === 0) return;
  try {
    await engine.org.updateLinks(rows);
  } catch (error) {
    if (!(error instanceof RequestFailed)) throw error;
  }
}
