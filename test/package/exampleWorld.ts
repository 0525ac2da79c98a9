import { deployTo } from '../support/deployTo.ts';
import { clientOf } from '../support/clientOf.ts';
import { accessXml, fieldXml, partsXml } from '../support/fieldFiles.ts';
import { assign } from '../support/preparedOrg.ts';
import { startDesk } from '../desk/startDesk.ts';
import { startOrg } from '../org/startOrg.ts';

const ACCESS = 'Example_Fields';

/** An org that nobody has set up yet and a Desk, with the custom fields that the examples name. */
export async function createExampleWorld() {
  const org = await startOrg();
  const desk = await startDesk({ rateLimitPerMinute: 100_000 });
  const salesforce = clientOf(org);
  const problems = await deployTo(salesforce, {
    'objects/Case.object': partsXml(
      fieldXml('Product__c', 'Text', { length: 255 }),
      fieldXml('Kind__c', 'Picklist', {}, ['Hardware', 'Software']),
      fieldXml('Age__c', 'Text', { formula: 'TEXT(Priority)' }),
    ),
    [`permissionsets/${ACCESS}.permissionset`]: accessXml(
      ['Case.Product__c', 'Case.Kind__c'],
      ['Case.Age__c'],
    ),
  });
  if (problems.length > 0) throw new Error(problems.join('\n'));
  assign(org.org, ACCESS, org.org.userId(org.username));
  org.addUser('bridge@example.com', 'Minimum Access - API Only Integrations');
  const authorization = `Basic ${Buffer.from(`${desk.email}:${desk.password}`).toString('base64')}`;
  const agent = async (method: string, path: string, body: object) => {
    const response = await fetch(`${desk.url}/api/v2/${path}`, {
      method,
      headers: { authorization, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as { id: number };
  };
  const field = (name: string, data: object) =>
    agent('POST', 'custom_fields', { name, label: name, type: 'ticket', data });
  await field('product', { type: 'string' });
  await field('age', { type: 'string' });
  await field('kind', { type: 'list', choices: ['hw', 'sw'] });
  return {
    org,
    desk,
    salesforce,
    agent,
    /** Lets a user see the fields of the examples. */
    grantFields: (username: string) => assign(org.org, ACCESS, org.org.userId(username)),
    create: async (object: string, fields: object) => {
      const { id } = (await salesforce.sobject(object).create(fields)) as { id: string };
      return id;
    },
    close: async () => {
      await desk.close();
      await org.close();
    },
  };
}

export type ExampleWorld = Awaited<ReturnType<typeof createExampleWorld>>;
