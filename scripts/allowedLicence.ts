/** Licences that ask for no more than to keep the notice; with each, the whole can stay under Apache-2.0. */
const ALLOWED: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'Zlib',
]);

/** Whether an SPDX expression of a package lets us ship it: one of its alternatives, with all parts of that. */
export function isAllowedLicence(expression: string | null): boolean {
  const alternatives = (expression ?? '').replaceAll(/[()]/g, '').split(/\s+OR\s+/i);
  return alternatives.some((one) => one.split(/\s+AND\s+/i).every((part) => ALLOWED.has(part.trim())));
}
