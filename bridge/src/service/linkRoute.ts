import type { FastifyInstance } from 'fastify';
import * as z from 'zod';
import { linkByHand } from '../engine/linkByHand.ts';
import { recordRef } from '../store/recordRef.ts';
import type { ControlOptions } from './controlRoutes.ts';

const Link = z.object({ salesforce: z.string().max(40), desk: z.string().max(40) });

/** Ties two records that somebody names: the way out where more than one matches, or none. */
export function linkRoute(
  server: FastifyInstance,
  { engine, onDue }: Pick<ControlOptions, 'engine' | 'onDue'>,
): void {
  server.post('/control/link', async (request, reply) => {
    const asked = Link.safeParse(request.body);
    const salesforce = asked.success ? recordRef(asked.data.salesforce) : null;
    const desk = asked.success ? recordRef(asked.data.desk) : null;
    if (salesforce?.side !== 'salesforce' || desk?.side !== 'desk')
      return reply.code(400).send({
        code: 'NOT_A_PAIR',
        message:
          'Name the record in Salesforce by its id of 18 characters and the one in Desk as case:123, customer:123 or company:123.',
      });
    const outcome = await linkByHand(engine, salesforce, desk);
    if (outcome.outcome === 'refused')
      return reply.code(409).send({ code: outcome.code, message: outcome.message });
    onDue();
    return { linked: true };
  });
}
