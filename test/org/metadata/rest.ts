import { notFound, SalesforceError } from '../records/errors.ts';
import { created, ok, type OrgRequest } from '../http/request.ts';
import { dataRoute, type Route } from '../http/routes.ts';
import type { Org } from '../org.ts';
import type { Operations } from './operations.ts';

/** `metadata/deployRequest`, the REST face of deploy. */
export function metadataRestRoutes(operationsOf: (org: Org) => Operations): readonly Route[] {
  return [
    dataRoute('POST', '/metadata/deployRequest', async (org, request) => {
      const parts = multipart(request);
      const zip = parts.get('file');
      if (!zip) throw new SalesforceError('MISSING_ARGUMENT', 'The part file is missing');
      const { deployOptions = {} } = JSON.parse(parts.get('entity_content')?.toString('utf8') ?? '{}') as {
        deployOptions?: { checkOnly?: boolean; rollbackOnError?: boolean };
      };
      const id = await operationsOf(org).deploy(zip, {
        checkOnly: deployOptions.checkOnly === true,
        rollbackOnError: deployOptions.rollbackOnError !== false,
      });
      return created({ id, deployResult: null, deployOptions });
    }),
    dataRoute('GET', '/metadata/deployRequest/:id', (org, _request, { id = '' }) => {
      const deployResult = operationsOf(org).deployStatus(id);
      if (!deployResult) throw notFound();
      return ok({ id, deployResult });
    }),
  ];
}

/** The parts of a multipart body by their names. */
function multipart(request: OrgRequest): Map<string, Buffer> {
  const boundary = /boundary="?([^";]+)/.exec(request.headers['content-type'] ?? '')?.[1];
  if (boundary === undefined)
    throw new SalesforceError('INVALID_MULTIPART_REQUEST', 'The request has no multipart boundary');
  const parts = new Map<string, Buffer>();
  const mark = Buffer.from(`--${boundary}`);
  let at = request.body.indexOf(mark);
  while (at >= 0) {
    const next = request.body.indexOf(mark, at + mark.length);
    if (next < 0) break;
    const part = request.body.subarray(at + mark.length + 2, next - 2);
    const head = part.indexOf('\r\n\r\n');
    const name = /name="([^"]+)"/.exec(part.subarray(0, head).toString('utf8'))?.[1];
    if (name !== undefined) parts.set(name, part.subarray(head + 4));
    at = next;
  }
  return parts;
}
