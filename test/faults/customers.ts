import type { BridgeInProcess } from '../support/bridgeInProcess.ts';
import { waitFor } from '../support/waitFor.ts';
import type { World } from '../support/world.ts';
import { looksAt } from './looks.ts';

/** A customer of Desk, and its contact. */
export type Customer = { readonly id: number; readonly Id: string };

/** What the tests of faults do with customers, and how they see what became of them. */
export function customersOf(side: { readonly world: World; readonly bridge: BridgeInProcess }) {
  const newCustomer = async (name: string) =>
    (
      await side.world.agent<{ id: number }>('POST', 'customers', {
        last_name: name,
        emails: [{ type: 'work', value: `${name.toLowerCase()}@org-faults.test` }],
      })
    ).id;
  const live = (object: string) =>
    [...side.world.org.org.records.rows(object).values()].filter((row) => row['IsDeleted'] !== true);
  const contact = (name: string) => live('Contact').find((row) => row['LastName'] === name);
  const arrives = (name: string) => waitFor(`the contact ${name}`, () => contact(name));
  const linkOf = (deskKey: string) => live('Desk_Link__c').find((row) => row['Desk_Key__c'] === deskKey);
  const { atRest } = looksAt(side);
  const inStep = async (name: string): Promise<Customer> => {
    const id = await newCustomer(name);
    const { Id } = await arrives(name);
    await atRest();
    return { id, Id };
  };
  return { newCustomer, live, contact, arrives, linkOf, atRest, inStep };
}
