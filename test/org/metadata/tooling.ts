import { jsonBody, noContent, type OrgRequest } from '../http/request.ts';
import { dataRoute, type Route } from '../http/routes.ts';
import type { Org } from '../org.ts';
import { SalesforceError } from '../records/errors.ts';
import { ADMIN } from '../seed.ts';
import { activateFlow } from './apply/flow.ts';
import { ComponentProblem } from './component.ts';

/** The Tooling API's way to say which version of a flow is active. */
export const toolingRoutes: readonly Route[] = [
  dataRoute('PATCH', '/tooling/sobjects/FlowDefinition/:id', (org, request, { id = '' }) => {
    permitted(org, request);
    const { Metadata = {} } = jsonBody(request) as { Metadata?: { activeVersionNumber?: unknown } };
    const { activeVersionNumber: number } = Metadata;
    if (typeof number !== 'number')
      throw new SalesforceError('MISSING_ARGUMENT', 'Metadata.activeVersionNumber is required');
    try {
      org.records.transact(org.userId(ADMIN), null, () => activateFlow(org, id, number));
    } catch (error) {
      if (!(error instanceof ComponentProblem)) throw error;
      throw new SalesforceError('FIELD_INTEGRITY_EXCEPTION', error.message);
    }
    return noContent;
  }),
];

function permitted(org: Org, request: OrgRequest): void {
  const access = org.accessOf(request.userId);
  if (!access.isAdmin && !access.permission('ModifyMetadata'))
    throw new SalesforceError('INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id');
}
