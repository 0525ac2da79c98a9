import { z } from 'zod';
import type { DeskWidget } from '../ports/deskWidget.ts';
import { checkCase, opens, signCase } from './widgetSignature.ts';

const caseId = z.string().regex(/^\d{1,18}$/);
const Opening = z.object({ case: caseId, key: z.string().max(200) });
const Signed = z.object({
  id: caseId,
  expires: z.string().regex(/^\d{1,12}$/),
  signature: z.string().max(200),
});

/** `open` turns what Desk's integration URL shows into a signed link; `case/<id>` is where it leads. */
export const deskWidget: DeskWidget = {
  words: {
    desk: 'Desk',
    case: 'case',
    forged: {
      title: 'This link is not valid',
      text: 'It was not made for this case and this Desk site. Open the case in Desk and take the link there.',
    },
    expired: {
      title: 'This link has expired',
      text: 'A link is good for ten minutes. Reload the case in Desk.',
    },
  },
  routes({ site, secret, previousSecret }) {
    if (secret === null) return null;
    const key = { secret, site };
    const keys = [key, ...(previousSecret === null ? [] : [{ secret: previousSecret, site }])];
    return [
      {
        method: 'GET',
        path: 'open',
        next({ query, now }) {
          const asked = Opening.safeParse(query);
          if (!asked.success || !keys.some((one) => opens(one, asked.data.key)))
            return { step: 'refuse', refusal: 'forged' };
          const { case: id } = asked.data;
          return { step: 'redirect', to: `case/${id}?${signCase(key, id, now)}` };
        },
      },
      {
        method: 'GET',
        path: 'case/:id',
        next({ params, query, now }) {
          const link = Signed.safeParse({ ...query, id: params['id'] });
          if (!link.success) return { step: 'refuse', refusal: 'forged' };
          const { id, ...signed } = link.data;
          const checked = checkCase(keys, { caseId: id, ...signed }, now);
          return checked === 'good' ? { step: 'show', caseId: id } : { step: 'refuse', refusal: checked };
        },
      },
    ];
  },
};
