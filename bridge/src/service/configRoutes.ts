import type { FastifyInstance } from 'fastify';
import { ConfigRefused, type Settings } from './settings.ts';

export type ConfigRouteOptions = {
  readonly settings: Settings;
  /** Called when a config was looked at anew. */
  readonly onConfig: () => void;
};

/** Tells which config the bridge goes by, and lets it look for another at once. Needs the control token. */
export function configRoutes(server: FastifyInstance, { settings, onConfig }: ConfigRouteOptions): void {
  server.get('/control/config', () => settings.state);
  server.post('/control/config', async (_request, reply) => {
    try {
      await settings.refresh({ anew: true });
    } catch (error) {
      if (!(error instanceof ConfigRefused)) throw error;
      return reply
        .code(422)
        .send({ code: 'CONFIG_REFUSED', message: error.message, problems: error.problems });
    } finally {
      // The page of the health says it as well.
      onConfig();
    }
    return settings.state;
  });
}
