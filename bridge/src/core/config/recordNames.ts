import { mappingKey, type Mapping } from './syncConfig.ts';

/** What Salesforce takes of a developer name and of a label. */
const LONGEST = 40;
/** A mapping's name leaves room for the number of a value: `_12345`. */
const LONGEST_OF_MAPPING = 34;
const MARK = 7;

/** `case` → `Case`, the name of the pair's rule. */
export function ruleName(pair: string): string {
  return pair.slice(0, 1).toUpperCase() + pair.slice(1);
}

export function valueName(mapping: string, number: number): string {
  return `${mapping}_${number}`;
}

export function mappingLabel({ pair, salesforce }: Mapping): string {
  return `${ruleName(pair)}: ${salesforce}`.slice(0, LONGEST).trimEnd();
}

/**
 * A developer name for each mapping, in their order: `Case_Region_c`. Where two would have the same, or one is too
 * long, each of them ends in a mark of its own, so that no name depends on the order of the mappings.
 */
export function mappingNames(mappings: readonly Mapping[]): string[] {
  const plain = mappings.map(plainName);
  const count = new Map<string, number>();
  for (const name of plain) count.set(name.toLowerCase(), (count.get(name.toLowerCase()) ?? 0) + 1);
  return plain.map((name, index) => {
    const [mapping] = mappings.slice(index, index + 1);
    const isAlone = count.get(name.toLowerCase()) === 1 && name.length <= LONGEST_OF_MAPPING;
    // A name that looks marked could be that of another mapping.
    if (mapping === undefined || (isAlone && !/_m[0-9a-z]{7}$/i.test(name))) return name;
    const cut = name.slice(0, LONGEST_OF_MAPPING - MARK - 2).replace(/_$/, '');
    return `${cut}_m${mark(mappingKey(mapping))}`;
  });
}

/** Letters, digits and single underscores, none at the end. */
function plainName({ pair, salesforce }: Mapping): string {
  const name = `${ruleName(pair)}_${salesforce}`.replaceAll(/[^a-z0-9]+/gi, '_');
  return name.replace(/_$/, '');
}

/** Seven letters and digits that tell texts apart. */
function mark(text: string): string {
  let hash = 0x811c9dc5;
  for (const character of text) {
    hash ^= character.codePointAt(0) ?? 0;
    hash = Math.imul(hash, 0x01000193) >>> 0;
  }
  return hash.toString(36).padStart(MARK, '0');
}
