import { invalidAttribute, recordInvalid } from './problem.ts';

export type Input = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Input =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The record that a write wraps in its name, as in `{"ticket": {…}}`. @throws 400 */
export function wrapped(input: Input, name: string): Input {
  const value = input[name];
  if (!isObject(value)) throw invalidAttribute(name, `Parameter ${name} is required and must be an object`);
  return value;
}

/** An object within a record: undefined when it is not sent. @throws 400 */
export function inner(input: Input, name: string): Input | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (!isObject(value)) throw invalidAttribute(name, 'Must be an object');
  return value;
}

/** @throws 400 */
export function objects(input: Input, name: string): Input[] {
  const value = input[name];
  if (!Array.isArray(value) || !value.every(isObject))
    throw invalidAttribute(name, 'Must be an array of objects');
  return value;
}

/** A text of a write: undefined when it is not sent, null when it is emptied. */
export function text(input: Input, name: string, longest = 0): string | null | undefined {
  const value = input[name];
  if (value === undefined || value === null) return value;
  if (typeof value !== 'string' && typeof value !== 'number')
    throw invalidAttribute(name, 'Must be a string');
  const string = String(value);
  const label = name.charAt(0).toUpperCase() + name.slice(1);
  if (longest > 0 && string.length > longest)
    throw recordInvalid(name, `${label}: is too long (maximum is ${longest} characters)`, 'TooLong');
  return string;
}

/** An id, which may come as text. @throws 400 */
export function id(input: Input, name: string): number | null | undefined {
  const value = input[name];
  if (value === undefined || value === null) return value;
  if (value === '') return null;
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw invalidAttribute(name, 'Must be an integer');
  return number;
}

export function flag(input: Input, name: string): boolean | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw invalidAttribute(name, 'Must be true or false');
}

/** One of a fixed set of words. @throws 422 */
export function word<T extends string>(
  input: Input,
  name: string,
  words: readonly T[],
): T | null | undefined {
  const value = text(input, name);
  if (value === undefined || value === null || value === '') return value === '' ? null : value;
  const known = words.find((one) => one === value);
  if (known !== undefined) return known;
  const label = name.charAt(0).toUpperCase() + name.slice(1);
  throw recordInvalid(name, `${label}: ${value} is not included in the list`, 'InvalidValue');
}

/** Tags are in lower case, hold no blanks, and each is there once. */
export function tags(input: Input, name: string): string[] | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  const list = typeof value === 'string' ? value.split(/[\s,]+/) : value;
  if (!Array.isArray(list)) throw invalidAttribute(name, 'Must be an array of strings');
  const clean = list.map((one) => String(one).trim().toLowerCase().replaceAll(/\s+/g, '_'));
  return [...new Set(clean.filter((one) => one !== ''))];
}

/** The ids of a query such as `ids=1,2`: 100 at most. @throws 400 */
export function idList(query: URLSearchParams, name: string): string[] | undefined {
  const value = query.get(name);
  if (value === null) return undefined;
  const list = value
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
  if (list.length > 100) throw invalidAttribute(name, 'At most 100 are allowed');
  return list;
}

/** A record without some of its fields. */
export function omit<T extends object, K extends keyof T>(record: T, ...names: readonly K[]): Omit<T, K> {
  const rest: Partial<T> = { ...record };
  for (const name of names) delete rest[name];
  return rest as Omit<T, K>;
}

export function without(changes: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}
