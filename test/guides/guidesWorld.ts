import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startDesk, type LocalDesk } from '../desk/startDesk.ts';
import { startOrg, type LocalOrg } from '../org/startOrg.ts';
import { clientOf } from '../support/clientOf.ts';
import { accessXml, fieldXml, partsXml } from '../support/fieldFiles.ts';
import { deployTo } from '../support/deployTo.ts';
import { secret } from '../support/printed.ts';
import { createSf, SF, type Sf } from '../support/sf.ts';

/** An org and a Desk as the guides find them: not set up, with fields of their own and records that are alike. */
export type GuidesWorld = {
  readonly org: LocalOrg;
  readonly desk: LocalDesk;
  readonly sf: Sf;
  /** Where the commands run. */
  readonly folder: string;
  /** What stands in the pages for something that only this world knows, and what that is here. */
  readonly names: ReadonlyMap<string, string>;
  close(): Promise<void>;
};

/** What the guides map; an admin makes these fields and this permission set in Setup. */
const FIELDS = {
  'objects/Case.object': partsXml(
    fieldXml('Product__c', 'Text', { length: 80 }),
    fieldXml('Kind__c', 'Picklist', {}, ['Hardware', 'Software']),
    fieldXml('Age__c', 'Number', { precision: 5, scale: 0 }),
  ),
  'objects/Contact.object': partsXml(fieldXml('Level__c', 'Text', { length: 20 })),
  'permissionsets/Support_Fields.permissionset': accessXml([
    'Case.Product__c',
    'Case.Kind__c',
    'Case.Age__c',
    'Contact.Level__c',
    'Account.Industry',
    'Account.ParentId',
  ]),
};
const DESK_FIELDS: readonly [string, object][] = [
  ['product', { type: 'string' }],
  ['kind', { type: 'list', choices: ['hw', 'sw'] }],
  ['age', { type: 'integer' }],
];

export async function createGuidesWorld(): Promise<GuidesWorld> {
  const org = await startOrg();
  const desk = await startDesk({ rateLimitPerMinute: 100_000 });
  const sf = createSf();
  secret("Desk's password", desk.password);
  await sf.login(org, 'prod');
  await sf.linkPlugin();
  const salesforce = clientOf(org);
  const problems = await deployTo(salesforce, FIELDS);
  if (problems.length > 0) throw new Error(problems.join('\n'));
  const authorization = `Basic ${Buffer.from(`${desk.email}:${desk.password}`).toString('base64')}`;
  const agent = async (path: string, body: object) => {
    const response = await fetch(`${desk.url}/api/v2/${path}`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as { id: number };
  };
  for (const [name, data] of DESK_FIELDS)
    await agent('custom_fields', { name, label: name, type: 'ticket', data });
  const customer = await agent('customers', {
    first_name: 'Ada',
    last_name: 'Byron',
    emails: [{ type: 'work', value: 'ada@engines.test' }],
  });
  const made = await agent('cases', {
    type: 'email',
    subject: 'The engine weaves patterns',
    message: { direction: 'in', status: 'received', subject: 'Patterns', body: 'Please look.' },
    _links: { customer: { href: `/api/v2/customers/${customer.id}`, class: 'customer' } },
  });
  // Two contacts have the address of one customer: the pair is ambiguous until somebody links it.
  const twice = { LastName: 'Twice', Email: 'twice@engines.test' };
  const { id: first = '' } = await salesforce.sobject('Contact').create(twice);
  await salesforce.sobject('Contact').create(twice);
  const double = await agent('customers', {
    last_name: 'Twice',
    emails: [{ type: 'work', value: 'twice@engines.test' }],
  });
  const folder = join(sf.home, 'guides');
  const bin = join(sf.home, 'bin');
  for (const one of [folder, bin]) mkdirSync(one);
  writeFileSync(join(bin, 'sf'), `#!/bin/sh\nexec "${process.execPath}" "${SF}" "$@"\n`);
  chmodSync(join(bin, 'sf'), 0o755);
  sf.env['PATH'] = `${bin}:${sf.env['PATH'] ?? ''}`;
  return {
    org,
    desk,
    sf,
    folder,
    names: new Map([
      ['https://acme.desk.com', desk.url],
      ['case:123', `case:${made.id}`],
      ['customer:456', `customer:${double.id}`],
      ['0035g00000ABCDEAA4', first],
    ]),
    close: async () => {
      sf.close();
      await desk.close();
      await org.close();
    },
  };
}
