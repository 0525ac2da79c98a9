import { createCustomField, type CustomField } from './customFields.ts';
import { createIntegrationUrl, integrationUrlBody, updateIntegrationUrl } from './integrationUrls.ts';
import { page } from './lists.ts';
import { created, LIST, ok, type Route, type Site } from './site.ts';

const AGENT = {
  id: 1,
  name: 'Local Agent',
  public_name: 'Local Agent',
  email: 'agent@desk.test',
  level: 'siteadmin',
  available: true,
  _links: { self: { href: '/api/v2/users/1', class: 'user' } },
};
const GROUP = { id: 1, name: 'Support', _links: { self: { href: '/api/v2/groups/1', class: 'group' } } };
const MANY = { ...LIST, maxSize: 1_000 };

const customField = (field: CustomField) => ({
  ...field,
  _links: { self: { href: `/api/v2/custom_fields/${field.id}`, class: 'custom_field' } },
});

/** What belongs to the site as a whole: users, groups, labels, custom fields, integration URLs. */
export function siteRoutes(site: Site): Route[] {
  const { tables } = site.state;
  return [
    [
      'GET',
      /^labels$/,
      ({ query }) =>
        ok(
          page(tables.labels, query, { ...MANY, path: 'labels' }, (label) => ({
            ...label,
            enabled: true,
            types: ['case'],
          })),
        ),
    ],
    [
      'GET',
      /^custom_fields$/,
      ({ query }) => ok(page(tables.customFields, query, { ...MANY, path: 'custom_fields' }, customField)),
    ],
    ['POST', /^custom_fields$/, ({ input }) => created(customField(createCustomField(site.state, input)))],
    [
      'GET',
      /^custom_fields\/(\d+)$/,
      (_request, id = '') => ok(customField(site.find(tables.customFields, id))),
    ],
    [
      'GET',
      /^integration_urls$/,
      ({ query }) =>
        ok(page(tables.integrationUrls, query, { ...LIST, path: 'integration_urls' }, integrationUrlBody)),
    ],
    [
      'POST',
      /^integration_urls$/,
      ({ input }) => created(integrationUrlBody(createIntegrationUrl(site.state, input))),
    ],
    [
      'GET',
      /^integration_urls\/(\d+)$/,
      (_request, id = '') => ok(integrationUrlBody(site.find(tables.integrationUrls, id))),
    ],
    [
      'PATCH',
      /^integration_urls\/(\d+)$/,
      ({ input }, id = '') => {
        const found = site.find(tables.integrationUrls, id);
        updateIntegrationUrl(site.state, found, input);
        return ok(integrationUrlBody(found));
      },
    ],
    ['GET', /^groups$/, ({ query }) => ok(page([GROUP], query, { ...MANY, path: 'groups' }, (one) => one))],
    ['GET', /^users$/, ({ query }) => ok(page([AGENT], query, { ...MANY, path: 'users' }, (one) => one))],
    ['GET', /^users\/(?:me|current|1)$/, () => ok(AGENT)],
    ['GET', /^system_message$/, () => ok({ message: null, updated_at: null })],
  ];
}
