import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** How the Metadata API describes a type: its elements, its values, or a simple type by name. */
export type Shape =
  | { readonly kind: 'element'; readonly parts: ReadonlyMap<string, Part> }
  | { readonly kind: 'values'; readonly values: ReadonlySet<string> };
export type Part = { readonly type: string; readonly many: boolean; readonly optional: boolean };

const DECLARATION = /^export type (\w+) = ([\s\S]*?);$(?=\n(?:export|declare|$))/gm;
const PART = /^ {4}'?([\w-]+)'?(\?)?: (.+?)(\[\])?( \| null)?;$/gm;

/** The types of the Metadata API, as generated from Salesforce's own WSDL. */
export function metadataTypes(): ReadonlyMap<string, Shape> {
  const path = createRequire(import.meta.url)
    .resolve('@salesforce/types/metadata')
    .replace(/\.js$/, '.d.ts');
  const sources = new Map(
    [...readFileSync(path, 'utf8').matchAll(DECLARATION)].map(([, name = '', body = '']) => [name, body]),
  );
  return new Map([...sources.keys()].map((name) => [name, shapeOf(name, sources)]));
}

function shapeOf(name: string, sources: ReadonlyMap<string, string>): Shape {
  const body = sources.get(name) ?? '';
  if (/^\s*\|?\s*'/.test(body))
    return {
      kind: 'values',
      values: new Set([...body.matchAll(/'([^']*)'/g)].map(([, value = '']) => value)),
    };
  const [head = '', own = ''] = /^([^{]*)\{([\s\S]*)\}$/.exec(body)?.slice(1) ?? [];
  const parts = new Map<string, Part>();
  for (const [, base = ''] of head.matchAll(/(\w+) &/g)) {
    const inherited = shapeOf(base, sources);
    if (inherited.kind === 'element') for (const [key, part] of inherited.parts) parts.set(key, part);
  }
  for (const [, key = '', optional, type = '', many] of own.matchAll(PART))
    parts.set(key, {
      type,
      many: many !== undefined,
      optional: optional !== undefined || many !== undefined,
    });
  return { kind: 'element', parts };
}
