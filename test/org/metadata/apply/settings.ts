import type { Org } from '../../org.ts';
import type { Component } from '../component.ts';
import { keep, kept } from '../keep.ts';
import { metadataFile, parseXml, type Xml } from '../xml.ts';

/** Settings are changed, not replaced: what a file leaves out stays as it is. */
export function applySettings(org: Org, { name, file }: Component): { own: true } {
  const { name: root, root: given } = parseXml(file.toString('utf8'));
  const before = kept(org, 'Settings', name);
  const merged = before === undefined ? given : merge(parseXml(before).root, given);
  keep(org, 'Settings', name, metadataFile(root, merged));
  return { own: true };
}

function merge(before: Xml, given: Xml): Xml {
  const merged: Record<string, readonly Xml[] | string> = { ...before };
  for (const [key, value] of Object.entries(given)) {
    const [old] = (before[key] ?? []) as readonly Xml[];
    const [next] = value as readonly Xml[];
    if (key === '#text') continue;
    merged[key] = old && next && isGroup(next) ? [merge(old, next)] : value;
  }
  return merged;
}

const isGroup = (node: Xml) => Object.keys(node).some((key) => key !== '#text');
