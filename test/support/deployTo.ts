import type { Connection } from '@jsforce/jsforce-node';
import JSZip from 'jszip';

const NAMESPACE = 'xmlns="http://soap.sforce.com/2006/04/metadata"';
type Members = Readonly<Record<string, readonly string[]>>;

/** A metadata file: the root and what stands within it. */
export const metadataXml = (root: string, content: string, namespaces = '') =>
  `<?xml version="1.0" encoding="UTF-8"?><${root} ${NAMESPACE}${namespaces}>${content}</${root}>`;

function manifest(members: Members): string {
  const types = Object.entries(members).map(
    ([name, names]) =>
      `<types>${names.map((one) => `<members>${one}</members>`).join('')}<name>${name}</name></types>`,
  );
  return metadataXml('Package', `${types.join('')}<version>65.0</version>`);
}

/** Deploys files, by their path in a package, and removes what is listed. Returns what the org does not take, in its words. */
export async function deployTo(
  client: Connection,
  files: Readonly<Record<string, string>>,
  removed: Members = {},
): Promise<string[]> {
  const zip = new JSZip();
  for (const [path, text] of Object.entries(files)) zip.file(path, text);
  zip.file('package.xml', manifest({}));
  if (Object.keys(removed).length > 0) zip.file('destructiveChangesPost.xml', manifest(removed));
  const archive = await zip.generateAsync({ type: 'nodebuffer' });
  const { id } = await client.metadata.deploy(archive, { rollbackOnError: true, singlePackage: true });
  const { success, details } = await client.metadata.checkDeployStatus(id, true);
  const problems = [details.componentFailures ?? []].flat().map((one) => one.problem ?? '');
  return success || problems.length > 0 ? problems : ['no reason given'];
}

/** The file of a custom metadata record: its label and its `<values>`. */
export const recordFile = (label: string, values: string) =>
  metadataXml(
    'CustomMetadata',
    `<label>${label}</label><protected>false</protected>${values}`,
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"',
  );
