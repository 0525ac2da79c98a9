import type { Failure, FailureClass } from '../core/failure.ts';
import { withoutValues, wordsOf } from '../core/redact.ts';
import type { DeskWrite } from '../ports/helpDesk.ts';

/** Longer words of Zendesk's are a page, and no message. */
const LONGEST = 200;
/** Zendesk's descriptions quote the value between the attribute and what is wrong with it. */
const QUOTED =
  /(^|[,;] )(\w[\w ]{0,39}: )(.{1,500}?)(?= (?:has already been|is already|is not|is invalid|is too)\b)/g;

type Refusal = Extract<DeskWrite, { outcome: 'taken' | 'gone' | 'refused' }>;

/** Code and words of an answer in any of Zendesk's forms of errors. */
export function saidIn(status: number, text: string): { code: string; message: string } {
  const { code, words } = wordsIn(parsed(text));
  return {
    code: code ?? `HTTP ${status}`,
    message: (words === null ? wordsOf(text) : clean(words)).slice(0, LONGEST),
  };
}

/** What a refusal of one record (404, 422) means for it. */
export function refusalOf(status: number, body: unknown): Refusal {
  if (status === 404) return { outcome: 'gone' };
  const details = detailsOf(body);
  const { code, words } = wordsIn(body);
  const text = details.map(({ description }) => description).join('; ') || words || 'no reason is given';
  return judged(details[0]?.error ?? code ?? `HTTP ${status}`, text, details);
}

/** What a failed item of a job means for its record: there are only words. */
export function refusalOfItem(error: string, details: string): Refusal {
  if (/not.?found/i.test(`${error} ${details}`)) return { outcome: 'gone' };
  return judged(error || 'JOB_ITEM', details || error, []);
}

type Detail = { readonly attribute: string; readonly description: string; readonly error: string | null };

function judged(code: string, text: string, details: readonly Detail[]): Refusal {
  const inUse = details.filter(isTaken);
  // Ours is told before others: by it the record is found that was made before.
  const taken =
    inUse.find(({ attribute }) => fieldIn(attribute) === 'externalId') ??
    inUse[0] ??
    (IN_USE.test(text) ? { attribute: text } : undefined);
  const failure = {
    class: 'validation' as FailureClass,
    code,
    message: `Zendesk refuses it: ${clean(text)}.`,
  };
  if (taken) {
    const field = fieldIn(taken.attribute);
    return { outcome: 'taken', field, failure: { ...failure, class: 'duplicate' } };
  }
  if (/closed prevents/i.test(text)) return { outcome: 'refused', failure: closed(code) };
  if (/rate limit|too many|allowed .* exceeded/i.test(text))
    return { outcome: 'refused', failure: { ...failure, class: 'rateLimit' } };
  return { outcome: 'refused', failure };
}

const IN_USE = /already (?:been taken|being used|taken|in use|exists)/i;
const isTaken = ({ error, description }: Detail) => error === 'DuplicateValue' || IN_USE.test(description);

function fieldIn(attribute: string): Extract<DeskWrite, { outcome: 'taken' }>['field'] {
  if (/external/i.test(attribute)) return 'externalId';
  if (/e-?mail|identit|^value$/i.test(attribute)) return 'email';
  return /^name/i.test(attribute) ? 'name' : 'other';
}

const closed = (code: string): Failure => ({
  class: 'validation',
  code,
  message:
    'The ticket is closed, and Zendesk lets nobody change a closed ticket. Make a follow-up ticket there, or unlink the case.',
});

/** Whether a ticket was not solved because it is nobody's. */
export function wantsAssignee(refusal: DeskWrite | undefined): boolean {
  return refusal?.outcome === 'refused' && /^Zendesk refuses it: Assignee\b/.test(refusal.failure.message);
}

/** Zendesk's words without the values that they quote. */
const clean = (words: string) => withoutValues(words).replaceAll(QUOTED, '$1$2…').replace(/\.$/, '');

type Body = {
  readonly error?: unknown;
  readonly description?: unknown;
  readonly message?: unknown;
  readonly details?: unknown;
  readonly errors?: unknown;
  readonly error_description?: unknown;
};
const isObject = (value: unknown): value is Body => typeof value === 'object' && value !== null;
const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : null);

function wordsIn(body: unknown): { code: string | null; words: string | null } {
  if (!isObject(body)) return { code: null, words: null };
  const inner = isObject(body.error) ? (body.error as { title?: unknown; message?: unknown }) : null;
  const [first] = Array.isArray(body.errors) ? (body.errors as { code?: unknown; title?: unknown }[]) : [];
  const code = text(body.error) ?? text(first?.code);
  return {
    code: code !== null && /^\w{3,60}$/.test(code) ? code : null,
    words:
      text(body.description) ??
      text(body.error_description) ??
      text(inner?.message) ??
      text(inner?.title) ??
      text(first?.title) ??
      text(body.message) ??
      text(body.error),
  };
}

/** Of a 422: what is wrong with each attribute. */
function detailsOf(body: unknown): Detail[] {
  if (!isObject(body) || !isObject(body.details)) return [];
  return Object.entries(body.details).flatMap(([attribute, all]) =>
    (Array.isArray(all) ? (all as unknown[]) : []).flatMap((one) => {
      const { description, error } = isObject(one) ? one : {};
      return [{ attribute, description: text(description) ?? attribute, error: text(error) }];
    }),
  );
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return null;
  }
}
