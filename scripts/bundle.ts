// Bundles what `desk-connect-bridge` runs: to find and to read a thousand files is most of what a start costs. What is
// loaded late stays in files of its own. Blanks are left out, since a running bridge keeps the text: it takes twenty
// megabytes less. Names stay and lines are short, so that a stack trace leads to a function.
import { bundle } from './packages/bundle.ts';

await bundle('bridge/lib', {
  entryPoints: { 'service/main': 'bridge/src/service/main.ts' },
  // A faster driver that some install; ours does without.
  external: ['pg-native'],
  minifySyntax: true,
  minifyWhitespace: true,
  lineLimit: 120,
});
