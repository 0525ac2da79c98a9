/** What the bridge answers, as its pages give it. */
export type LogEntry = {
  at: number;
  level: string;
  pair: string;
  salesforceId: string | null;
  deskId: string | null;
  rule: string;
  text: string;
};

export type PairAnswer = {
  pair: string;
  salesforceId: string | null;
  deskId: string | null;
  state: string;
  attempts: number;
  asked: string | null;
  failure: { class: string; code: string; message: string } | null;
  dueAt: number | null;
  syncedAt: number | null;
};

export type StatusAnswer = {
  ready: boolean;
  /** The help desk, as people call it. */
  desk: string;
  parts: Record<string, { state: string; since: number; detail: string }>;
  pairs: Record<string, number>;
  causes: { class: string; code: string; pairs: number }[];
  budgets: {
    salesforce: { used: number; max: number } | null;
    desk: { limit: number; left: number; windowEndsAt: number };
  };
};

export type Difference = {
  pair: string;
  salesforceId: string | null;
  deskId: string | null;
  explanation: { action: string; rule: string; text: string; details: string[] };
};

/** One page of a comparison; `next` names the page behind it. */
export type VerifyAnswer = { compared: number; differences: Difference[]; next: number | null };

/** A line of the log for people: when, which pair, what the rule was, and the text. */
export function logLine({ at, level, pair, salesforceId, deskId, rule, text }: LogEntry): string {
  const mark = level === 'error' ? '✖' : level === 'warn' ? '!' : ' ';
  const ids = [salesforceId, deskId === null ? null : `${pair}:${deskId}`].filter(Boolean).join(' ↔ ');
  return `${mark} ${new Date(at).toISOString().slice(0, 19).replace('T', ' ')}  ${ids}  ${rule}: ${text}`;
}

/** A pair for people. */
export function pairLines(answer: PairAnswer): string[] {
  const time = (at: number | null) =>
    at === null ? 'never' : new Date(at).toISOString().slice(0, 19).replace('T', ' ');
  return [
    `${answer.salesforceId ?? '(not in Salesforce)'} ↔ ${answer.deskId === null ? '(not in Desk)' : `${answer.pair}:${answer.deskId}`}`,
    `  state: ${answer.state}, last in step: ${time(answer.syncedAt)}${answer.dueAt === null ? '' : `, due: ${time(answer.dueAt)}`}`,
    ...(answer.failure
      ? [`  ${answer.failure.class} ${answer.failure.code}: ${answer.failure.message}`]
      : []),
  ];
}
