import { randomUUID } from 'node:crypto';
import { PRIORITY } from '../core/spending.ts';
import type { Store } from '../store/store.ts';

const KEY = 'salesforce log key';

/** The random key of a store, made when it is first asked for: what comes of it in Salesforce bears it. */
export async function storeKey(store: Store): Promise<string> {
  const known = await store.cursor(KEY);
  if (known !== null) return known;
  const value = randomUUID();
  await store.sight([], PRIORITY.live, [{ name: KEY, value }]);
  return value;
}
