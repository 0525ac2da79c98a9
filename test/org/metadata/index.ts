import { route, type Route } from '../http/routes.ts';
import type { Org } from '../org.ts';
import { Operations } from './operations.ts';
import { metadataRestRoutes } from './rest.ts';
import { metadataSoap } from './soap.ts';
import { toolingRoutes } from './tooling.ts';

const operations = new WeakMap<Org, Operations>();

function operationsOf(org: Org): Operations {
  const known = operations.get(org) ?? new Operations(org);
  operations.set(org, known);
  return known;
}

export const metadataRoutes: readonly Route[] = [
  route('POST', '/services/Soap/m/:version', (org, request) =>
    metadataSoap(org, operationsOf(org), request, /m\/(\d+\.\d)/.exec(request.path)?.[1] ?? '65.0'),
  ),
  ...metadataRestRoutes(operationsOf),
  ...toolingRoutes,
];
