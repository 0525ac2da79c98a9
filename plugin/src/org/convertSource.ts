import { ComponentSet, MetadataConverter } from '@salesforce/source-deploy-retrieve';
import type { Files } from './orgView.ts';
import { unzip } from './unzip.ts';

/** Metadata in source format as a package. Loads much, so it is done when the plugin is built, not when it runs. */
export async function convertSource(folder: string, apiVersion: string): Promise<Files> {
  const components = ComponentSet.fromSource(folder);
  components.apiVersion = components.sourceApiVersion = apiVersion;
  const { zipBuffer } = await new MetadataConverter().convert(components, 'metadata', { type: 'zip' });
  const files = zipBuffer ? await unzip(zipBuffer) : new Map<string, string>();
  files.delete('package.xml');
  return files;
}
