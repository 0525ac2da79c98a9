import { caseRoutes } from './caseRoutes.ts';
import { partyRoutes } from './partyRoutes.ts';
import { DeskProblem, notFound } from './problem.ts';
import { Site, type DeskAnswer, type DeskRequest } from './site.ts';
import { siteRoutes } from './siteRoutes.ts';
import type { DeskState } from './state.ts';

/** Read-only resources: a write is refused as such, whatever its path. */
const READ_ONLY = /^(?:users|groups)\b/;

/** Desk API v2 below `/api/v2`, over one site's state. */
export function deskRoutes(
  state: DeskState,
  searchLagMs: () => number,
): (request: DeskRequest) => DeskAnswer {
  const site = new Site(state, searchLagMs);
  const routes = [...partyRoutes(site), ...caseRoutes(site), ...siteRoutes(site)];
  return (request) => {
    const known = routes.filter(([, pattern]) => pattern.test(request.path));
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const route = known.find(([own]) => own === method);
    if (!route) {
      throw known.length > 0 || READ_ONLY.test(request.path)
        ? new DeskProblem(405, 'Method Not Allowed')
        : notFound();
    }
    const [, pattern, handle] = route;
    const [, ...ids] = pattern.exec(request.path) ?? [];
    return handle(request, ...ids.map(decodeURIComponent));
  };
}
