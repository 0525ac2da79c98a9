import { createDesk } from '@desk-connect/bridge/desk/createDesk.js';
import { startDesk, type DeskOptions, type LocalDesk } from '../../desk/startDesk.ts';
import type { DeskSide, Held, NewCase, People, Words } from './side.ts';

/** A request to Desk as an agent's client sends it; the body of the answer comes back. */
export type Agent = <T>(method: string, path: string, body?: object) => Promise<T>;

const IN_SALESFORCE: Readonly<Record<string, string>> = {
  new: 'New',
  open: 'Open',
  pending: 'Pending',
  resolved: 'Resolved',
  closed: 'Closed',
};
const WORDS: Words = {
  statusInSalesforce: (status) => IN_SALESFORCE[status],
  priorityInSalesforce: (priority) =>
    Number(priority) >= 7 ? 'High' : Number(priority) >= 4 ? 'Medium' : 'Low',
  statuses: ['open', 'pending', 'resolved'],
  priorities: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  high: 8,
  medium: 6,
  low: 1,
  resolved: 'resolved',
  contactField: 'Title',
  phoneField: 'MobilePhone',
};

/** The local Desk, and its agents. */
export async function startDeskSide(
  options: DeskOptions = {},
): Promise<{ side: DeskSide; desk: LocalDesk; agent: Agent }> {
  const desk = await startDesk({ rateLimitPerMinute: 100_000, ...options });
  const { url, email, password, state, faults } = desk;
  const agent = agentOf(desk);
  const side: DeskSide = {
    kind: 'desk',
    title: 'Desk',
    url,
    environment: { DESKCONNECT_DESK_EMAIL: email, DESKCONNECT_DESK_PASSWORD: password },
    secrets: { "Desk's password": password, "Desk's credentials": `${email}:${password}` },
    logIn: `${email} / ${password}`,
    words: WORDS,
    people: people(agent),
    held: held(desk),
    faults,
    requests: {
      creation: { method: 'POST', body: /external_id/ },
      changeOf: (caseId) => ({ method: 'PATCH', path: new RegExp(`cases/${caseId}$`) }),
      note: { method: 'POST', path: /notes$/ },
      reply: { method: 'POST', path: /replies$/ },
      search: { method: 'GET', path: /search$/ },
      customer: { method: 'GET', path: /customers\/\d+$/ },
    },
    open: (signal, at = url) => createDesk({ url: at, auth: { kind: 'basic', email, password }, signal }),
    emailed: () => state.emailsSent,
    refused: () => desk.rateLimit.refused,
    close: () => desk.close(),
  };
  return { side, desk, agent };
}

function agentOf({ url, email, password }: LocalDesk): Agent {
  const authorization = `Basic ${Buffer.from(`${email}:${password}`).toString('base64')}`;
  return async <T>(method: string, path: string, body?: object) => {
    const response = await fetch(`${url}/api/v2/${path}`, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  };
}

const PLURAL = { company: 'companies', customer: 'customers' } as const;
const linkTo = (kind: keyof typeof PLURAL, id: string | undefined) =>
  id === undefined ? {} : { _links: { [kind]: { href: `/api/v2/${PLURAL[kind]}/${id}`, class: kind } } };

function people(agent: Agent): People {
  const make = async (path: string, body: object) =>
    String((await agent<{ id: number }>('POST', path, body)).id);
  const customerBody = ({
    firstName,
    lastName,
    email,
    phone,
    companyId,
  }: Parameters<People['changeCustomer']>[1]) => ({
    ...(firstName === undefined ? {} : { first_name: firstName }),
    ...(lastName === undefined ? {} : { last_name: lastName }),
    ...(email === undefined ? {} : { emails: [{ type: 'work', value: email }] }),
    ...(phone === undefined ? {} : { phone_numbers: [{ type: 'mobile', value: phone }] }),
    ...linkTo('company', companyId),
  });
  return {
    company: (name) => make('companies', { name }),
    customer: (fields) => make('customers', customerBody(fields)),
    case: ({ customerId, message = 'B', channel = 'email', ...fields }: NewCase) =>
      make('cases', {
        type: channel,
        ...fields,
        message: { direction: 'in', status: 'received', subject: fields.subject, body: message },
        ...linkTo('customer', customerId),
      }),
    changeCompany: (id, name) => agent('PATCH', `companies/${id}`, { name }),
    changeCustomer: (id, fields) => agent('PATCH', `customers/${id}`, customerBody(fields)),
    changeCase: (id, { customerId, ...fields }) =>
      agent('PATCH', `cases/${id}`, { ...fields, ...linkTo('customer', customerId) }),
    deleteCase: (id) => agent('PATCH', `cases/${id}`, { status: 'deleted' }),
    note: (caseId, body) => agent('POST', `cases/${caseId}/notes`, { body }),
    reply: (caseId, direction, body) =>
      agent('POST', `cases/${caseId}/replies`, {
        direction,
        status: direction === 'in' ? 'received' : 'sent',
        body,
      }),
  };
}

function held({ state: { tables } }: LocalDesk): Held {
  const text = (id: number | null) => (id === null ? null : String(id));
  return {
    companies: () => tables.companies.map(({ id, name }) => ({ id: String(id), externalId: null, name })),
    customers: () =>
      tables.customers.map((one) => ({
        id: String(one.id),
        externalId: one.external_id,
        firstName: one.first_name,
        lastName: one.last_name ?? '',
        email: one.emails[0]?.value ?? null,
        companyId: text(one.company_id),
        phone: one.phone_numbers[0]?.value ?? null,
        text: one.background,
        inContact: { Title: one.title },
      })),
    cases: () =>
      tables.cases
        .filter(({ status }) => status !== 'deleted')
        .map((one) => ({
          id: String(one.id),
          externalId: one.external_id,
          subject: one.subject,
          status: one.status,
          priority: one.priority,
          isEmail: one.type === 'email',
          customerId: String(one.customer_id),
          notes: one.notes.map(({ body }) => body),
          first: one.message,
          replies: one.replies,
        })),
  };
}
