import type * as z from 'zod';
import { unexpectedAnswer } from './failures.ts';

/** An answer in the shape that it should have. @throws RequestFailed for any other, with what was asked */
export function expected<T>(schema: z.ZodType<T>, answer: unknown, to: string): T {
  const { success, data } = schema.safeParse(answer);
  if (success) return data;
  throw unexpectedAnswer(to);
}
