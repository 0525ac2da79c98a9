import { RequestFailed } from '../core/failure.ts';
import { bridgeRequest } from '../core/status/bridgeRequest.ts';
import type { Org } from '../ports/org.ts';
import { requestFailure } from './failures.ts';
import type { Session } from './session.ts';

const OBJECT = 'Desk_Bridge__c';
const REQUEST = ['Requested_Action__c', 'Requested_Cause__c'] as const;

type Answer = { readonly body: unknown; readonly httpStatusCode: number };
type AskedRow = Readonly<Partial<Record<(typeof REQUEST)[number], unknown>>>;

/** The row of `Desk_Bridge__c` that is the bridge's. */
export function bridgeRowOverRest(session: Session): Pick<Org, 'writeStatus'> {
  return {
    writeStatus: async ({ key, state, seenAt, health, mappings }, answers) => {
      const url = `/services/data/v${session.apiVersion}/sobjects/${OBJECT}/Bridge_Key__c/${encodeURIComponent(key)}`;
      const body = {
        State__c: state,
        Seen__c: new Date(seenAt).toISOString(),
        Health__c: health,
        Mappings__c: mappings,
        ...(answers ? Object.fromEntries(REQUEST.map((field) => [field, null])) : {}),
      };
      // They run one after the other: what is read is what stood there before it was written.
      const { compositeResponse } = await session.request<{ compositeResponse: readonly Answer[] }>(
        'POST',
        '/composite',
        {
          allOrNone: false,
          compositeRequest: [
            { method: 'GET', url: `${url}?fields=${REQUEST.join(',')}`, referenceId: 'asked' },
            { method: 'PATCH', url, referenceId: 'written', body },
          ],
        },
      );
      const [asked, written] = compositeResponse;
      const { id } = bodyOf(written) as { id: string };
      // Before the first write there is no row that could be read.
      const row = asked?.httpStatusCode === 200 ? (asked.body as AskedRow) : {};
      return { rowId: id, asked: bridgeRequest(row.Requested_Action__c, row.Requested_Cause__c) };
    },
  };
}

/** @throws RequestFailed; where the object is not there, or hidden from the user, of class permission */
function bodyOf(answer: Answer | undefined): unknown {
  const status = answer?.httpStatusCode ?? 500;
  if (status < 300) return answer?.body;
  const failure = requestFailure(status, JSON.stringify(answer?.body ?? null), null);
  if (failure.code !== 'NOT_FOUND') throw new RequestFailed(failure);
  const message = `The org has no object ${OBJECT}, or this user may not see it.`;
  throw new RequestFailed({ class: 'permission', code: failure.code, message });
}
