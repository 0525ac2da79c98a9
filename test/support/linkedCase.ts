import { waitFor } from './waitFor.ts';
import type { BridgeInProcess } from './bridgeInProcess.ts';
import type { World } from './world.ts';

/** A case of Desk with the records in Salesforce that it has come to. */
export type LinkedCase = {
  readonly deskCase: number;
  readonly caseId: string;
  readonly contactId: string;
  readonly accountId: string;
};

/** Makes a case of a customer in Desk; returns its id. */
export async function newCase(world: World, customer: number, subject: string): Promise<number> {
  const { id } = await world.agent<{ id: number }>('POST', 'cases', {
    type: 'email',
    subject,
    message: { direction: 'in', status: 'received', subject, body: 'B' },
    _links: { customer: { href: `/api/v2/customers/${customer}`, class: 'customer' } },
  });
  return id;
}

/** Makes a case of a new customer of a new company in Desk, and waits until all three are in step. */
export async function linkedCase(
  world: World,
  bridge: BridgeInProcess,
  { company: name, customer, subject }: { company: string; customer: object; subject: string },
): Promise<LinkedCase> {
  const company = await world.agent<{ id: number }>('POST', 'companies', { name });
  const made = await world.agent<{ id: number }>('POST', 'customers', {
    ...customer,
    _links: { company: { href: `/api/v2/companies/${company.id}`, class: 'company' } },
  });
  const deskCase = await newCase(world, made.id, subject);
  const caseId = await waitFor('the case', async () => {
    const found = await bridge.store.find('case', 'desk', String(deskCase));
    return found?.pair.state === 'inStep' ? found.pair.salesforceId : null;
  });
  return waitFor('its account', async () => {
    const { records } = await world.salesforce.query<{ ContactId: string; AccountId: string | null }>(
      `SELECT ContactId, AccountId FROM Case WHERE Id = '${caseId}'`,
    );
    const [row] = records;
    return row?.AccountId ? { deskCase, caseId, contactId: row.ContactId, accountId: row.AccountId } : null;
  });
}
