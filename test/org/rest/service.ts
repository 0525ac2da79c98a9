import { ok } from '../http/request.ts';
import { API_VERSION, dataRoute, FIRST_VERSION, route, type Route } from '../http/routes.ts';
import { notFound } from '../records/errors.ts';

const VERSIONS = Array.from(
  { length: API_VERSION - FIRST_VERSION + 1 },
  (_, index) => `${FIRST_VERSION + index}.0`,
);

export const serviceRoutes: readonly Route[] = [
  route('GET', '/services/data', () =>
    ok(VERSIONS.map((version) => ({ label: `API ${version}`, url: `/services/data/v${version}`, version }))),
  ),
  dataRoute('GET', '', (org, request) => {
    const base = `/services/data/v${request.version}`;
    const resources = [
      'sobjects',
      'query',
      'queryAll',
      'limits',
      'composite',
      'tooling',
      'metadata',
      'ui-api',
      'graphql',
    ];
    return ok({
      ...Object.fromEntries(resources.map((name) => [name, `${base}/${name}`])),
      identity: `${org.url}/id/${org.orgId}/${request.userId}`,
    });
  }),
  dataRoute('GET', '/limits', (org) => {
    const full = (max: number) => ({ Max: max, Remaining: max });
    return ok({
      DailyApiRequests: { Max: org.limits.max, Remaining: org.limits.max - org.limits.used },
      ...(org.features.platformEvents
        ? {
            DailyDeliveredPlatformEvents: { Max: org.limits.maxEvents, Remaining: org.limits.eventsLeft },
            HourlyPublishedPlatformEvents: full(250_000),
          }
        : {}),
      DailyBulkV2QueryJobs: full(10_000),
      DataStorageMB: full(1_024),
    });
  }),
  dataRoute('GET', '/tooling/sobjects/SourceMember/describe', () => {
    throw notFound();
  }),
];
