import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestContext } from 'node:test';

export type Foreign = {
  readonly url: string;
  /** What arrived: path and Authorization header of each request. */
  readonly arrived: { readonly path: string; readonly authorization: string | undefined }[];
};

/** A server on loopback that answers as it is told, and keeps what arrived. */
export async function startForeign(t: TestContext, answer: RequestListener): Promise<Foreign> {
  const arrived: Foreign['arrived'] = [];
  const server = createServer((request, response) => {
    arrived.push({ path: request.url ?? '', authorization: request.headers.authorization });
    answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, arrived };
}
