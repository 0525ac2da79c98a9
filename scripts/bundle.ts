// Bundles what `desk-connect-bridge` runs: to find and to read a thousand files is most of what a start costs. What is
// loaded late stays in files of its own. Blanks are left out, since a running bridge keeps the text: it takes twenty
// megabytes less. Names stay and lines are short, so that a stack trace leads to a function.
import { writeFileSync } from 'node:fs';
import { build } from 'esbuild';
import { noticesOf } from './packages/noticesOf.ts';

/** Beside the folders of the modules and as deep as they are: both find the bridge's other files by the same path. */
const PARTS = 'bundle';

const { metafile } = await build({
  entryPoints: { 'service/main': 'bridge/src/service/main.ts' },
  outdir: 'bridge/lib',
  chunkNames: `${PARTS}/[name]-[hash]`,
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node22.16',
  // A faster driver that some install; ours does without.
  external: ['pg-native'],
  // What is no ES module asks for Node's own modules by `require`.
  banner: {
    js: "import { createRequire as requireFrom } from 'node:module';\nconst require = requireFrom(import.meta.url);",
  },
  legalComments: 'none',
  minifySyntax: true,
  minifyWhitespace: true,
  lineLimit: 120,
  logLevel: 'warning',
  metafile: true,
});
writeFileSync(`bridge/lib/${PARTS}/NOTICES.txt`, noticesOf(metafile));
