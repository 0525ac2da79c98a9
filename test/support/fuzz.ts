import fc from 'fast-check';

const numberOf = (variable: string) => Number(process.env[variable]) || undefined;
/** A run of the whole suite tries the same inputs each time; a long one tries others. */
const USUAL_SEED = 1;

/**
 * How often a property is tried: `usual` in a run of the whole suite, times `FUZZ_FACTOR` in a long one, each with
 * inputs of its own. With `FUZZ_SEED`, which a failure prints, a run can be had again.
 */
export function tries(usual: number): { numRuns: number; seed?: number } {
  const factor = numberOf('FUZZ_FACTOR');
  const seed = numberOf('FUZZ_SEED') ?? (factor === undefined ? USUAL_SEED : undefined);
  return { numRuns: usual * (factor ?? 1), ...(seed === undefined ? {} : { seed }) };
}

/** Values that programs trip over. */
const NASTY: readonly unknown[] = [
  null,
  '',
  0,
  -1,
  1e308,
  Number.MAX_SAFE_INTEGER,
  true,
  [],
  {},
  [null],
  [[]],
  '__proto__',
  'constructor',
  "' OR Id != '",
  '../../admin',
  'https://elsewhere.test/api/v2/cases/1',
  '\u0000\ud800\r\nX-Evil: 1',
  'x'.repeat(10_000),
  JSON.parse('{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}'),
];
const nasty = fc.oneof(fc.constantFrom(...NASTY), fc.jsonValue());

/** A copy of a JSON value with some of its parts replaced by others, doubled or taken out. */
export function damaged(good: unknown): fc.Arbitrary<unknown> {
  const places = placesIn(good, []);
  const damage = fc.record({
    place: fc.constantFrom(...places),
    value: fc.option(nasty, { nil: undefined }),
  });
  return fc
    .array(damage, { minLength: 1, maxLength: 3 })
    .map((all) =>
      all.reduce<unknown>((value, { place, value: other }) => replaced(value, place, other), good),
    )
    .map((value) => JSON.parse(JSON.stringify(value) ?? 'null') as unknown);
}

function placesIn(value: unknown, path: readonly string[]): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path];
  return [path, ...Object.entries(value).flatMap(([name, part]) => placesIn(part, [...path, name]))];
}

/** `other` undefined takes the part out. */
function replaced(value: unknown, [name, ...rest]: readonly string[], other: unknown): unknown {
  if (name === undefined) return other;
  if (typeof value !== 'object' || value === null) return value;
  const copy: unknown = Array.isArray(value) ? [...(value as unknown[])] : { ...value };
  const parts = copy as Record<string, unknown>;
  if (rest.length === 0 && other === undefined) delete parts[name];
  else parts[name] = replaced(parts[name], rest, other);
  return copy;
}

/** Text of bytes that may be no text. */
export const bytes = (longest: number) =>
  fc.uint8Array({ maxLength: longest }).map((array) => Buffer.from(array));

/** Whether something has put a property on every object. */
export function isPolluted(): boolean {
  return 'polluted' in {};
}
