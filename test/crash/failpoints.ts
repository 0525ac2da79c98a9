import { AsyncLocalStorage } from 'node:async_hooks';
import { PostgresDriver, SqliteDriver } from 'kysely';
import type { HelpDesk } from '@desk-connect/bridge/ports/helpDesk.js';
import type { Org } from '@desk-connect/bridge/ports/org.js';
import type { Store } from '@desk-connect/bridge/store/store.js';
import type { Order, Place, StepName } from './steps.ts';

/** The steps that the call in hand belongs to. */
const inHand = new AsyncLocalStorage<readonly StepName[]>();
let order: Order | null = null;
let passed = 0;

/** From now on this process kills itself where the order says; null: nowhere. */
export function take(next: Order | null): void {
  order = next;
  passed = 0;
}

function isStruck(steps: readonly StepName[], place: Place): boolean {
  if (order === null || order.place !== place || !steps.includes(order.step)) return false;
  passed += 1;
  return passed > order.skip;
}

/** No handler runs and nothing is flushed: the process is gone before this returns. */
const die = () => process.kill(process.pid, 'SIGKILL');

function pass(steps: readonly StepName[], place: Place): void {
  if (isStruck(steps, place)) die();
}

/** Does the work as a part of these steps: what it commits and requests is theirs. */
export async function asStep<T>(steps: readonly StepName[], work: () => Promise<T>): Promise<T> {
  pass(steps, 'before');
  const result = await inHand.run(steps, work);
  // A claim that took nothing is none.
  if (!Array.isArray(result) || result.length > 0) pass(steps, 'after');
  return result;
}

/** The same for what is done at once. */
export function asStepNow<T>(step: StepName, work: () => T): T {
  pass([step], 'before');
  const result = work();
  pass([step], 'after');
  return result;
}

/** Puts the places in that no port shows: the commit of a transaction, and a request that is under way. */
export function watchCommitsAndRequests(): void {
  for (const { prototype } of [SqliteDriver, PostgresDriver]) {
    const commit = Reflect.get(prototype, 'commitTransaction') as (...given: unknown[]) => Promise<void>;
    prototype.commitTransaction = function commitLater(...given) {
      pass(inHand.getStore() ?? [], 'within');
      return Reflect.apply(commit, this, given);
    };
  }
  const { fetch } = globalThis;
  globalThis.fetch = async (...request) => {
    const steps = inHand.getStore() ?? [];
    const answer = fetch(...request);
    // By then it is written to its connection, and may be there or not.
    if (isStruck(steps, 'sent')) setImmediate(die);
    const response = await answer;
    pass(steps, 'answered');
    return response;
  };
}

type StepsOf = (call: string, given: readonly unknown[]) => readonly StepName[];

/** The same port; calls that belong to steps can be struck. */
function mortal<T extends object>(port: T, stepsOf: StepsOf): T {
  return new Proxy(port, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return (...given: unknown[]): unknown => {
        const call = () => Reflect.apply(value, target, given) as unknown;
        const steps = stepsOf(String(name), given);
        return steps.length === 0 ? call() : asStep(steps, call as () => Promise<unknown>);
      };
    },
  });
}

const OF_ORG: Partial<Record<keyof Org, StepName>> = {
  createLinked: 'record made in Salesforce',
  update: 'record changed in Salesforce',
  createLinks: 'link made in Salesforce',
  updateLinks: 'link changed in Salesforce',
  moveLinks: 'link moved in Salesforce',
  createEntries: 'comment or e-mail made in Salesforce',
  createEntryLinks: 'note or reply tied',
  writeLog: 'log carried to Salesforce',
};
const OF_DESK: Partial<Record<keyof HelpDesk, StepName>> = {
  create: 'record made in Desk',
  update: 'record changed in Desk',
  remove: 'record changed in Desk',
  addNote: 'note made in Desk',
  addReply: 'reply made in Desk',
};
const byName =
  <K extends string>(table: Partial<Record<K, StepName>>): StepsOf =>
  (call) => {
    const step = table[call as K];
    return step ? [step] : [];
  };

export const mortalOrg = (org: Org): Org => mortal(org, byName(OF_ORG));
export function mortalDesk(desk: HelpDesk): HelpDesk {
  const struck = mortal(desk, byName(OF_DESK));
  return {
    ...struck,
    create: (pair, records) => firstThenRest(records, (some) => struck.create(pair, some)),
    update: (pair, records) => firstThenRest(records, (some) => struck.update(pair, some)),
    remove: (ids) => firstThenRest(ids, (some) => struck.remove(some)),
  };
}

/** A batch in two calls: so a kill can fall after the first of several records, with nothing of the others written. */
async function firstThenRest<T, R>(
  records: readonly T[],
  write: (some: readonly T[]) => Promise<R[]>,
): Promise<R[]> {
  if (records.length < 2) return write(records);
  const first = await write(records.slice(0, 1));
  return [...first, ...(await write(records.slice(1)))];
}

export const mortalStore = (store: Store): Store =>
  mortal(store, (call, given) => {
    if (call === 'sight') return stepsOfSight(...(given as Parameters<Store['sight']>));
    if (call === 'settle') return stepsOfSettle(...(given as Parameters<Store['settle']>));
    return call === 'claim' ? ['claim'] : [];
  });

function stepsOfSight(...[sightings, , cursors = []]: Parameters<Store['sight']>): StepName[] {
  if (cursors.some(({ name }) => name.startsWith('stream '))) return ['stream commit'];
  if (cursors.some(({ name }) => name === 'full sync')) return sightings.length > 0 ? ['full-sync page'] : [];
  return [
    ...(sightings.length > 0 ? (['inbox write'] as const) : []),
    ...(cursors.length > 0 ? (['cursor write'] as const) : []),
  ];
}

function stepsOfSettle(...[settlements, log]: Parameters<Store['settle']>): StepName[] {
  const has = (kind: string) => settlements.some((settlement) => settlement.kind === kind);
  return [
    ...(has('inStep') ? (['base write'] as const) : []),
    ...(has('linked') ? (['link write'] as const) : []),
    ...(log.length > 0 ? (['log write'] as const) : []),
  ];
}
