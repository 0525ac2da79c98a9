import { created, done, find, ok, urlOf, type Account, type Route } from './account.ts';
import { jobBody } from './bulk.ts';
import { createCustomStatus, updateCustomStatus } from './customStatuses.ts';
import { createField, fieldsOf, setOption, updateField } from './fields.ts';
import { idList, wrapped } from './input.ts';
import { listed } from './lists.ts';
import { forbidden } from './problem.ts';
import { customStatusBody, fieldBody, optionBody } from './render.ts';
import { FIELD_OWNERS, type CustomStatus, type FieldOwner } from './records.ts';
import { GROUP_ID } from './ticketValues.ts';

/** What belongs to the account as a whole: fields, statuses, groups, settings, jobs. */
export function setupRoutes(account: Account): Route[] {
  const { state, settings, jobs } = account;
  const group = () => ({
    id: GROUP_ID,
    url: urlOf(account, `groups/${GROUP_ID}`),
    name: 'Support',
    description: '',
    default: true,
    deleted: false,
    is_public: true,
    created_at: state.time(),
    updated_at: state.time(),
  });
  return [
    ...FIELD_OWNERS.flatMap((owner) => fieldRoutes(account, owner)),
    ...statusRoutes(account),
    [
      'GET',
      /^groups$/,
      (request) => listed(account, request, [group()], { name: 'groups', render: (one) => one }),
    ],
    ['GET', new RegExp(`^groups/${GROUP_ID}$`), () => ok({ group: group() })],
    [
      'GET',
      /^account\/settings$/,
      () =>
        ok({
          settings: {
            api: {
              accepted_api_agreement: true,
              api_password_access: 'false',
              api_token_access: String(settings.apiTokenAccess),
            },
            user: { end_user_phone_number_validation: false },
          },
        }),
    ],
    [
      'GET',
      /^job_statuses$/,
      () => ok({ job_statuses: jobs.list().map((job) => jobBody(account, job)), next_page: null }),
    ],
    [
      'GET',
      /^job_statuses\/show_many$/,
      ({ query }) => {
        const ids = idList(query, 'ids') ?? [];
        return ok({
          job_statuses: jobs
            .list()
            .filter((job) => ids.includes(job.id))
            .map((job) => jobBody(account, job)),
        });
      },
    ],
    [
      'GET',
      /^job_statuses\/(\w+)$/,
      (_request, jobId = '') => ok({ job_status: jobBody(account, jobs.find(jobId)) }),
    ],
  ];
}

function fieldRoutes(account: Account, owner: FieldOwner): Route[] {
  const { state } = account;
  const name = `${owner}_field`;
  const own = () => fieldsOf(state, owner);
  const at = (rest: string) => new RegExp(`^${name}s${rest}$`);
  return [
    [
      'GET',
      at(''),
      (request) =>
        listed(account, request, own(), { name: `${name}s`, render: (one) => fieldBody(account, one) }),
    ],
    [
      'POST',
      at(''),
      ({ input }) => {
        const field = createField(state, owner, wrapped(input, name));
        return created({ [name]: fieldBody(account, field) }, urlOf(account, `${name}s/${field.id}`));
      },
      'admin',
    ],
    ['GET', at('/count'), () => ok({ count: { value: own().length, refreshed_at: state.time() } })],
    ['GET', at('/(\\d+)'), (_request, id = '') => ok({ [name]: fieldBody(account, find(own(), id)) })],
    [
      'PUT',
      at('/(\\d+)'),
      ({ input }, id = '') => {
        const field = find(own(), id);
        updateField(state, field, wrapped(input, name));
        return ok({ [name]: fieldBody(account, field) });
      },
      'admin',
    ],
    [
      'DELETE',
      at('/(\\d+)'),
      (_request, id = '') => {
        const field = find(own(), id);
        if (field.system) throw forbidden();
        state.remove(state.tables.fields, field);
        return done();
      },
      'admin',
    ],
    [
      'GET',
      at('/(\\d+)/options'),
      (request, id = '') =>
        listed(account, request, find(own(), id).options, {
          name: 'custom_field_options',
          render: optionBody,
        }),
    ],
    [
      'POST',
      at('/(\\d+)/options'),
      ({ input }, id = '') => {
        const option = setOption(state, find(own(), id), wrapped(input, 'custom_field_option'));
        return ok({ custom_field_option: optionBody(option) });
      },
      'admin',
    ],
  ];
}

function statusRoutes(account: Account): Route[] {
  const { state } = account;
  const { customStatuses } = state.tables;
  const body = (one: CustomStatus) => customStatusBody(account, one);
  return [
    [
      'GET',
      /^custom_statuses$/,
      ({ query }) => {
        const active = query.get('active');
        const shown = customStatuses.filter((one) => active === null || String(one.active) === active);
        return ok({ custom_statuses: shown.map(body) });
      },
      'anyone',
    ],
    [
      'POST',
      /^custom_statuses$/,
      ({ input }) => {
        const status = createCustomStatus(state, wrapped(input, 'custom_status'));
        return created({ custom_status: body(status) }, urlOf(account, `custom_statuses/${status.id}`));
      },
      'admin',
    ],
    [
      'GET',
      /^custom_statuses\/(\d+)$/,
      (_request, id = '') => ok({ custom_status: body(find(customStatuses, id)) }),
    ],
    [
      'PUT',
      /^custom_statuses\/(\d+)$/,
      ({ input }, id = '') => {
        const status = find(customStatuses, id);
        updateCustomStatus(state, status, wrapped(input, 'custom_status'));
        return ok({ custom_status: body(status) });
      },
      'admin',
    ],
  ];
}
