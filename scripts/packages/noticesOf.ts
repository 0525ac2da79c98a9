import { globSync, readFileSync } from 'node:fs';
import type { Metafile } from 'esbuild';

/** The licences of the packages whose code is in the bundle, which ask that they go with it. */
export function noticesOf({ inputs }: Metafile): string {
  const folders = new Set(
    Object.keys(inputs).flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path) ?? []),
  );
  return [...folders]
    .sort()
    .map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as Record<
        string,
        string
      >;
      const texts = globSync(`${folder}/{LICENSE,LICENCE,License,license,NOTICE}*`)
        .sort()
        .map((path) => readFileSync(path, 'utf8').trim());
      return [`${name} ${version} (${license})`, ...texts].join('\n\n');
    })
    .join(`\n\n${'-'.repeat(79)}\n\n`);
}
