import { writeFileSync } from 'node:fs';
import { build, type BuildOptions } from 'esbuild';
import { noticesOf } from './noticesOf.ts';

/** Beside the folders of the modules and as deep as they are: both find a package's other files by the same path. */
const PARTS = 'bundle';
/** What is no ES module asks for Node's own modules by `require`. */
const REQUIRE =
  "import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);";

/**
 * Bundles compiled programs of a package in their places, with what they share in parts beside them, and writes the
 * licences of all that went in.
 * @param outdir where the package is compiled to
 * @param preamble what each part begins with, besides a `require`
 */
export async function bundle(
  outdir: string,
  { preamble = '', ...own }: BuildOptions & { readonly preamble?: string },
): Promise<void> {
  const { metafile } = await build({
    ...own,
    outdir,
    chunkNames: `${PARTS}/[name]-[hash]`,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22.16',
    banner: { js: `${REQUIRE}${preamble}` },
    legalComments: 'none',
    logLevel: 'warning',
    metafile: true,
  });
  writeFileSync(`${outdir}/${PARTS}/NOTICES.txt`, noticesOf(metafile));
}
