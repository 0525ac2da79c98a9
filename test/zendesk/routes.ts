import type { Account, Answer, Route, ZendeskRequest } from './account.ts';
import { appRoutes } from './appRoutes.ts';
import { automationRoutes } from './automations.ts';
import { checkRight } from './auth.ts';
import { identityRoutes } from './identityRoutes.ts';
import { incrementalRoutes } from './incremental.ts';
import { organizationBulkRoutes } from './organizationBulkRoutes.ts';
import { organizationRoutes } from './organizationRoutes.ts';
import { ZendeskProblem } from './problem.ts';
import { ruleRoutes } from './ruleRoutes.ts';
import { searchRoutes } from './search.ts';
import { setupRoutes } from './setupRoutes.ts';
import { ticketBulkRoutes } from './ticketBulkRoutes.ts';
import { ticketPartRoutes } from './ticketPartRoutes.ts';
import { ticketRoutes } from './ticketRoutes.ts';
import { userBulkRoutes } from './userBulkRoutes.ts';
import { userRoutes } from './userRoutes.ts';

/** Zendesk's ticketing API below `/api/v2`, over one account. */
export function zendeskRoutes(account: Account): (request: ZendeskRequest) => Answer {
  const routes: Route[] = [
    ...organizationRoutes(account),
    ...organizationBulkRoutes(account),
    ...userRoutes(account),
    ...userBulkRoutes(account),
    ...identityRoutes(account),
    ...ticketRoutes(account),
    ...ticketPartRoutes(account),
    ...ticketBulkRoutes(account),
    ...searchRoutes(account),
    ...incrementalRoutes(account),
    ...setupRoutes(account),
    ...ruleRoutes(account),
    ...appRoutes(account),
    ...automationRoutes(account),
  ];
  return (request) => {
    const route = routes.find(([method, pattern]) => method === request.method && pattern.test(request.path));
    if (!route) throw new ZendeskProblem(404, { error: 'InvalidEndpoint', description: 'Not found' });
    const [, pattern, handle, right] = route;
    checkRight(request.user, right);
    const [, ...ids] = pattern.exec(request.path) ?? [];
    return handle(request, ...ids.map(decodeURIComponent));
  };
}
