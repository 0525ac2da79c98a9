import { z } from 'zod';
import { RequestFailed } from '../core/failure.ts';

/** A text that may be missing. */
export const someText = z.string().nullable().optional();

/** One whose time cannot be read would be older than all others to the feed, and never told. */
export const time = z.string().refine((value) => !Number.isNaN(Date.parse(value)), 'must be a time');

/** A value as JSON, as far as it is no deeper than can be read. */
export function asJson(value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    return 'nested too deep';
  }
}

/**
 * An answer in the shape that it should have.
 * @param side whose answer it is
 * @throws RequestFailed for any other, with the place where it differs
 */
export function inShape<T>(side: string, schema: z.ZodType<T>, answer: unknown): T {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new RequestFailed({
    class: 'bug',
    code: 'UNEXPECTED_ANSWER',
    message: `${side} sent something unexpected at ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`,
  });
}
