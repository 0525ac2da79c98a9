import { createServer } from 'node:http';
import type { HookCall } from '../../../bridge/src/ports/deskHook.ts';
import { bodyOf, listen, stop } from '../../support/serving.ts';

type Ear = { readonly url: string; readonly calls: HookCall[]; close(): Promise<void> };

/** Takes whatever is sent to a path of this machine, and keeps it as it came. */
export async function listenTo(path: string): Promise<Ear> {
  const calls: HookCall[] = [];
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const { headers } = request;
      const header = (name: string) => {
        const value = headers[name];
        return typeof value === 'string' ? value : undefined;
      };
      if (body !== null && request.url === path) calls.push({ header, body });
      response.writeHead(202).end();
    });
  });
  const url = await listen(server, 0);
  return { url: `${url}${path}`, calls, close: () => stop(server) };
}
