import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ComponentSet, MetadataConverter } from '@salesforce/source-deploy-retrieve';
import JSZip from 'jszip';
import type { Files } from './orgView.ts';

/** Packed with the plugin, or, in the repository, where it is written. */
const PLACES = ['../metadata', '../../../force-app/main/default'].map((path) =>
  fileURLToPath(new URL(path, import.meta.url)),
);

/** Our metadata as a package: one file a component, as the Metadata API takes it. */
export async function ourMetadata(apiVersion: string): Promise<Files> {
  const place = PLACES.find((path) => existsSync(path)) ?? '';
  const components = ComponentSet.fromSource(place);
  components.apiVersion = components.sourceApiVersion = apiVersion;
  const { zipBuffer } = await new MetadataConverter().convert(components, 'metadata', { type: 'zip' });
  const files = zipBuffer ? await unzip(zipBuffer) : new Map<string, string>();
  files.delete('package.xml');
  return files;
}

/** The files of a package by their path, without a folder around them. */
export async function unzip(buffer: Buffer): Promise<Map<string, string>> {
  const zip = await JSZip.loadAsync(buffer);
  const files = new Map<string, string>();
  for (const entry of Object.values(zip.files)) {
    if (!entry.dir) files.set(entry.name.replace(/^unpackaged\//, ''), await entry.async('string'));
  }
  return files;
}
