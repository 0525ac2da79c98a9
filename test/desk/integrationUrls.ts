import { text, without, type Input } from './input.ts';
import { rendered } from './liquid.ts';
import { invalid } from './problem.ts';
import type { DeskState, IntegrationUrl } from './state.ts';

/** A page of somebody else that agents open beside a case. */
function checked(input: Input, own: IntegrationUrl | null): Partial<IntegrationUrl> {
  const name = text(input, 'name', 255);
  const markup = text(input, 'markup');
  if (name === null || (name === undefined ? own === null : name.trim().length < 2))
    throw invalid({ name: [name ? 'too_short' : 'blank'] });
  if (markup === null || (markup === undefined ? own === null : markup.trim() === ''))
    throw invalid({ markup: ['blank'] });
  const enabled = input['enabled'];
  if (enabled !== undefined && typeof enabled !== 'boolean') throw invalid({ enabled: ['inclusion'] });
  return without({ name, markup, description: text(input, 'description'), enabled });
}

export function createIntegrationUrl(state: DeskState, input: Input): IntegrationUrl {
  const changes = checked(input, null);
  const fresh = { ...state.stamps(), name: '', description: null, enabled: true, markup: '' };
  return state.add(state.tables.integrationUrls, { ...fresh, ...changes });
}

export function updateIntegrationUrl(state: DeskState, url: IntegrationUrl, input: Input): void {
  state.change(url, checked(input, url));
}

/** Asked for beside no case, its markup has nothing of one. */
export function integrationUrlBody(url: IntegrationUrl) {
  return {
    ...url,
    rendered: rendered(url.markup, null),
    _links: {
      self: { href: `/api/v2/integration_urls/${url.id}`, class: 'integration_url' },
      group: null,
      user: null,
    },
  };
}
