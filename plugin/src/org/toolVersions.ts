import { readFileSync } from 'node:fs';

/** Versions of what runs this plugin. */
export function toolVersions(): { node: string; plugin: string } {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  return { node: process.versions.node, plugin: version };
}
