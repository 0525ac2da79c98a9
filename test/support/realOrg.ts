import type { LocalOrg } from '../org/startOrg.ts';

/** What a test may use of an org that is not ours to look into. */
export type RealOrg = {
  readonly org: LocalOrg;
  /** Deletes what was made in it since the test began. */
  cleanUp(): Promise<void>;
};

/** What tests make, those that hang on others first. */
const MADE = ['Desk_Link__c', 'Desk_Log__c', 'Case', 'Contact', 'Account', 'Desk_Bridge__c'];
const AT_ONCE = 200;
const OWN_MACHINE = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * The org that DESKCONNECT_ORG names, by its alias in the CLI; null where it names none. The tests make and delete
 * records, so it must be a sandbox or a scratch org, and `sf deskconnect setup` must have prepared it.
 * @throws an Error for a production org
 */
export async function realOrg(): Promise<RealOrg | null> {
  const alias = process.env['DESKCONNECT_ORG'];
  if (!alias) return null;
  // Loads much, which no other run of the tests needs.
  const { Org } = await import('@salesforce/core');
  const org = await Org.create({ aliasOrUsername: alias });
  // A session that has ended is renewed by the first request.
  const connection = org.getConnection('65.0');
  const { IsSandbox } = await connection.singleRecordQuery<{ IsSandbox: boolean }>(
    'SELECT IsSandbox FROM Organization',
  );
  const url = connection.instanceUrl.replace(/\/$/, '');
  if (!IsSandbox && !OWN_MACHINE.has(new URL(url).hostname))
    throw new Error(
      `${alias} is a production org. The tests make and delete records: name a sandbox or a scratch org.`,
    );
  // By the clock of the org, not by ours: what was there before is none of our business.
  const { headers } = await fetch(`${url}/services/data`);
  const date = headers.get('date');
  if (date === null) throw new Error(`${url} does not tell the time`);
  const began = `${new Date(date).toISOString().slice(0, 19)}Z`;
  const closed = (what: string) => (): never => {
    throw new Error(`This test needs ${what} of the local org, and cannot run with DESKCONNECT_ORG`);
  };
  return {
    org: {
      url,
      username: org.getUsername() ?? '',
      accessToken: connection.accessToken ?? '',
      pubsubUrl: process.env['DESKCONNECT_SALESFORCE_PUBSUB_URL'] ?? 'https://api.pubsub.salesforce.com:7443',
      get org(): never {
        return closed('the inside')();
      },
      get pubsub(): never {
        return closed('the event bus')();
      },
      addUser: closed('another user'),
      close: () => Promise.resolve(),
    },
    cleanUp: async () => {
      for (const object of MADE) {
        const { records } = await connection.query<{ Id: string }>(
          `SELECT Id FROM ${object} WHERE CreatedDate >= ${began}`,
        );
        const ids = records.map(({ Id }) => Id);
        for (let at = 0; at < ids.length; at += AT_ONCE)
          await connection.sobject(object).destroy(ids.slice(at, at + AT_ONCE));
      }
    },
  };
}
