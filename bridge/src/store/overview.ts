import { sql, type Kysely } from 'kysely';
import type { Failure } from '../core/failure.ts';
import { PAIRS, type PairKind } from '../core/pair.ts';
import type { FailureCause, FailureExample, PairCounts } from '../core/status/facts.ts';
import type { SqlEngine } from './migrations.ts';
import { failurePart } from './rows.ts';
import type { Schema } from './schema.ts';
import type { Store } from './store.ts';

/** How all pairs are, together: by state, and by the cause of their failures. */
export function overview(
  db: Kysely<Schema>,
  engine: SqlEngine,
): Pick<Store, 'counts' | 'countsByPair' | 'failures'> {
  const byPair = () => countsByPair(db);
  return {
    countsByPair: byPair,
    counts: async () => {
      const total = { inStep: 0, waiting: 0, failing: 0, excluded: 0, unlinked: 0 };
      for (const counts of Object.values(await byPair())) {
        total.inStep += counts.inStep + counts.conflict;
        total.waiting += counts.waiting;
        total.failing += counts.failing + counts.ambiguous;
        total.excluded += counts.excluded;
        total.unlinked += counts.unlinked;
      }
      return total;
    },
    failures: (examples) => failures(db, engine, examples),
  };
}

async function countsByPair(db: Kysely<Schema>): Promise<Record<PairKind, PairCounts>> {
  const none = () => ({
    inStep: 0,
    waiting: 0,
    failing: 0,
    conflict: 0,
    ambiguous: 0,
    excluded: 0,
    unlinked: 0,
  });
  const counts = Object.fromEntries(PAIRS.map((pair) => [pair, none()])) as Record<
    PairKind,
    ReturnType<typeof none>
  >;
  for (const { pair, status, pairs } of await db.selectFrom('pair_count').selectAll().execute())
    counts[pair as PairKind][status as keyof PairCounts] = pairs;
  return counts;
}

type FailureRow = {
  readonly class: string;
  readonly code: string;
  readonly pairs: number;
  readonly pair: PairKind;
  readonly salesforce_id: string | null;
  readonly desk_id: string | null;
  readonly failure: string;
};

/** One look at the failing pairs: of each cause how many, and the first few that came. */
async function failures(db: Kysely<Schema>, engine: SqlEngine, examples: number): Promise<FailureCause[]> {
  const { rows } = await sql<FailureRow>`
    select class, code, pairs, pair, salesforce_id, desk_id, failure
    from (
      select class, code, pair, salesforce_id, desk_id, failure,
        count(*) over (partition by class, code) as pairs,
        row_number() over (partition by class, code order by id) as place
      from (
        select id, pair, salesforce_id, desk_id, failure,
          ${failurePart(engine, 'class')} as class, ${failurePart(engine, 'code')} as code
        from pair
        where state = 'failing' and failure is not null
      ) as failing
    ) as placed
    where place <= ${examples}
    order by pairs desc, class, code, place`.execute(db);
  const causes = new Map<string, FailureCause & { examples: FailureExample[] }>();
  for (const { class: name, code, pairs, ...row } of rows) {
    const key = JSON.stringify([name, code]);
    const cause = causes.get(key) ?? { class: name, code, pairs, examples: [] };
    causes.set(key, cause);
    const { message } = JSON.parse(row.failure) as Failure;
    cause.examples.push({ pair: row.pair, salesforceId: row.salesforce_id, deskId: row.desk_id, message });
  }
  return [...causes.values()];
}
