import { notFound } from '../records/errors.ts';
import type { Org } from '../org.ts';
import type { Answer, OrgRequest } from './request.ts';

export type Params = Readonly<Record<string, string>>;
/** Data routes answer at once, so that a composite request can run them within its transaction. */
export type Handler = (org: Org, request: OrgRequest, params: Params) => Answer | Promise<Answer>;

export type Route = {
  readonly method: string;
  readonly pattern: RegExp;
  readonly names: readonly string[];
  readonly handle: Handler;
};

/** A route of the REST API: `/sobjects/:object/:id`, below `/services/data/vNN.N`. */
export function dataRoute(method: string, path: string, handle: Handler): Route {
  return route(method, `/services/data/v:version${path}`, handle);
}

export function route(method: string, path: string, handle: Handler): Route {
  const names: string[] = [];
  const source = path.replaceAll(/:(\w+)|[.*+?^${}()|[\]\\]/g, (match, name: string | undefined) => {
    if (!name) return `\\${match}`;
    names.push(name);
    return name === 'version' ? '(\\d+\\.\\d)' : '([^/]+)';
  });
  return { method, pattern: new RegExp(`^${source}/?$`, 'i'), names, handle };
}

export function findRoute(
  routes: readonly Route[],
  request: Pick<OrgRequest, 'method' | 'path'>,
): { route: Route; params: Params } {
  for (const candidate of routes) {
    const match = candidate.method === request.method ? candidate.pattern.exec(request.path) : null;
    if (!match || !isKnown(request.path)) continue;
    const params = Object.fromEntries(
      candidate.names.map((name, index) => [name, decodeURIComponent(match[index + 1] ?? '')]),
    );
    return { route: candidate, params };
  }
  throw notFound();
}

/** The latest version that the org speaks; it answers all from 50.0, and knows nothing of later ones. */
export const API_VERSION = 65;
export const FIRST_VERSION = 50;

function isKnown(path: string): boolean {
  const version = /^\/services\/data\/v(\d+)\.0(?:\/|$)/.exec(path)?.[1];
  return version === undefined || (Number(version) >= FIRST_VERSION && Number(version) <= API_VERSION);
}
