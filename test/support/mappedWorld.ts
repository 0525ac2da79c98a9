import { assign } from './preparedOrg.ts';
import { deployTo } from './deployTo.ts';
import { accessXml, fieldXml, objectXml, partsXml } from './fieldFiles.ts';
import { createWorld, type World } from './world.ts';

const ACCESS = 'Mapped_Fields';
const KINDS = ['Hard', 'Soft'];

/** A world whose two sides have custom fields that a mapping can name, and a lookup with a key. */
export async function createMappedWorld(): Promise<World> {
  const world = await createWorld();
  const problems = await deployTo(world.salesforce, {
    'objects/Product__c.object': objectXml('Product', [
      fieldXml('Code__c', 'Text', { length: 20, externalId: true }),
    ]),
    'objects/Case.object': partsXml(
      fieldXml('Kind__c', 'Picklist', {}, KINDS),
      fieldXml('Size__c', 'Number', { precision: 5, scale: 1 }),
      fieldXml('Product__c', 'Lookup', { referenceTo: 'Product__c', relationshipName: 'Cases' }),
    ),
    [`permissionsets/${ACCESS}.permissionset`]: accessXml(
      ['Case.Kind__c', 'Case.Size__c', 'Case.Product__c', 'Product__c.Code__c'],
      [],
      ['Product__c'],
    ),
  });
  if (problems.length > 0) throw new Error(problems.join('\n'));
  const { org } = world.org;
  for (const username of ['bridge@local.test', world.org.username]) assign(org, ACCESS, org.userId(username));
  const field = (name: string, data: object) =>
    world.agent('POST', 'custom_fields', { name, label: name, type: 'ticket', data });
  await field('kind', { type: 'list', choices: ['hardware', 'software'] });
  await field('size', { type: 'string' });
  await field('product', { type: 'string' });
  return world;
}
