import type { AnyWorld } from '../support/world.ts';

/** What somebody makes, each with words that nothing else has. */
export type Made = 'company' | 'customer' | 'case' | 'note' | 'message';
/** A value that one side alone changes, of the record with that name. */
type Field = 'text of customer' | 'first name of customer' | 'priority of case' | 'status of case';

export type Verdict = { readonly lost: readonly string[]; readonly doubled: readonly string[] };

/**
 * What people did, kept apart from both systems: what somebody made is to be on each side once, and nothing else;
 * what somebody said last is to be what both hold. Comparing the two sides alone would not see what was lost on
 * both, nor what was doubled on both.
 */
export class Ledger {
  readonly #made = new Map<string, Made>();
  readonly #deleted = new Set<string>();
  readonly #said = new Map<string, { readonly field: Field; readonly of: string; readonly value: string }>();

  made(kind: Made, words: string): void {
    this.#made.set(words, kind);
  }

  /** A record that went into another one by a merge. */
  gone(words: string): void {
    this.#made.delete(words);
    for (const [key, { of }] of this.#said) if (of === words) this.#said.delete(key);
  }

  /** A record that was deleted in Salesforce: the desk keeps it, and it does not come back. */
  deleted(words: string): void {
    this.#deleted.add(words);
  }

  said(field: Field, of: string, value: string): void {
    this.#said.set(`${field} ${of}`, { field, of, value });
  }

  /** What the two systems lack of it, and what they have too often. */
  judge(world: AnyWorld): Verdict {
    const lost: string[] = [];
    const doubled: string[] = [];
    for (const [side, found] of [
      ['Salesforce', inSalesforce(world)],
      [world.side.title, inDesk(world)],
    ] as const) {
      const counts = new Map<string, number>();
      for (const [kind, words] of found)
        counts.set(`${kind} ${words}`, (counts.get(`${kind} ${words}`) ?? 0) + 1);
      for (const [words, kind] of this.#made) {
        const count = counts.get(`${kind} ${words}`) ?? 0;
        const isGone = side === 'Salesforce' && this.#deleted.has(words);
        if (isGone && count > 0) doubled.push(`${kind} "${words}" is in ${side} again`);
        if (count === 0 && !isGone) lost.push(`${kind} "${words}" is not in ${side}`);
        if (count > 1 && !isGone) doubled.push(`${kind} "${words}" is in ${side} ${count} times`);
        counts.delete(`${kind} ${words}`);
      }
      for (const what of counts.keys()) doubled.push(`${what} is in ${side}, and nobody made it`);
    }
    for (const { field, of, value } of this.#said.values()) {
      const held = valueOf(world, field, of);
      if (held !== value)
        lost.push(`${field} "${of}" is ${JSON.stringify(held)} and was said to be "${value}"`);
    }
    return { lost, doubled };
  }
}

function live(world: AnyWorld, object: string) {
  return [...world.org.org.records.rows(object).values()].filter((row) => row['IsDeleted'] !== true);
}

type Found = (readonly [kind: Made, words: string])[];

function inSalesforce(world: AnyWorld): Found {
  const of = (kind: Made, object: string, field: string): Found =>
    live(world, object).map((row) => [kind, String(row[field])]);
  return [
    ...of('company', 'Account', 'Name'),
    ...of('customer', 'Contact', 'LastName'),
    ...of('case', 'Case', 'Subject'),
    ...of('note', 'CaseComment', 'CommentBody'),
    ...of('message', 'EmailMessage', 'TextBody'),
  ];
}

function inDesk({ side: { held } }: AnyWorld): Found {
  const cases = held.cases();
  return [
    ...held.companies().map(({ name }) => ['company', name] as const),
    ...held.customers().map(({ lastName }) => ['customer', lastName] as const),
    ...cases.map(({ subject }) => ['case', subject] as const),
    ...cases.flatMap(({ notes }) => notes.map((body) => ['note', body] as const)),
    // The first message of a case that came from Salesforce is its subject over again.
    ...cases.flatMap(({ externalId, first, replies }) =>
      [...(externalId === null ? [first] : []), ...replies].map(({ body }) => ['message', body] as const),
    ),
  ];
}

function valueOf(world: AnyWorld, field: Field, of: string): unknown {
  const { held, words } = world.side;
  switch (field) {
    case 'text of customer':
      return live(world, 'Contact').find((row) => row['LastName'] === of)?.[words.contactField];
    case 'priority of case':
      return live(world, 'Case').find((row) => row['Subject'] === of)?.['Priority'];
    case 'first name of customer':
      return held.customers().find(({ lastName }) => lastName === of)?.firstName;
    case 'status of case':
      return held.cases().find(({ subject }) => subject === of)?.status;
  }
}
