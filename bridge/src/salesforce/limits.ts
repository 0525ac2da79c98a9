import * as z from 'zod';
import type { OrgLimits } from '../ports/org.ts';
import { expected } from './expected.ts';
import type { Session } from './session.ts';

const Limit = z.object({ Max: z.number(), Remaining: z.number() });
const Answer = z.object({ DailyApiRequests: Limit, DailyDeliveredPlatformEvents: Limit.optional() });

/** What the org still allows in its 24 hours. */
export async function limitsOf(session: Session): Promise<OrgLimits> {
  const answer = expected(Answer, await session.request('GET', '/limits'), 'request for its limits');
  const { Max: max, Remaining } = answer.DailyApiRequests;
  return {
    calls: { used: max - Remaining, max },
    eventsLeft: answer.DailyDeliveredPlatformEvents?.Remaining ?? null,
  };
}
