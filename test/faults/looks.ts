import type { BridgeInProcess } from '../support/bridgeInProcess.ts';
import { waitFor } from '../support/waitFor.ts';
import type { World } from '../support/world.ts';

/** How the tests of faults see what became of records, in Salesforce and in the bridge's store. */
export function looksAt(side: { readonly world: Pick<World, 'org'>; readonly bridge: BridgeInProcess }) {
  const rows = (object: string) => [...side.world.org.org.records.rows(object).values()];
  const contacts = (name: string) => rows('Contact').filter((row) => row['LastName'] === name);
  const arrives = (name: string) => waitFor(`the contact ${name}`, () => contacts(name)[0]);
  const linkOf = (deskKey: string) => rows('Desk_Link__c').find((row) => row['Desk_Key__c'] === deskKey);
  const causes = async () =>
    (await side.bridge.store.causes()).map(({ class: name, code }) => `${name} ${code}`);
  const atRest = () =>
    waitFor('rest', async () => {
      const { waiting, failing } = await side.bridge.store.counts();
      return waiting === 0 && failing === 0;
    });
  return { contacts, arrives, linkOf, causes, atRest };
}
