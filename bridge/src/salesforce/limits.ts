import type { OrgLimits } from '../ports/org.ts';
import type { Session } from './session.ts';

type Limit = { readonly Max: number; readonly Remaining: number };
type Answer = { readonly DailyApiRequests: Limit; readonly DailyDeliveredPlatformEvents?: Limit };

/** What the org still allows in its 24 hours. */
export async function limitsOf(session: Session): Promise<OrgLimits> {
  const { DailyApiRequests, DailyDeliveredPlatformEvents } = await session.request<Answer>('GET', '/limits');
  const { Max: max, Remaining } = DailyApiRequests;
  return {
    calls: { used: max - Remaining, max },
    eventsLeft: DailyDeliveredPlatformEvents?.Remaining ?? null,
  };
}
