import type { ConfigProblem } from '@desk-connect/bridge/core/config/configProblem.js';
import type { ConfigChange } from '@desk-connect/bridge/core/config/configDiff.js';

const MARK = { error: '✖', warning: '!' } as const;

/** Problems as lines: what is wrong, where, and below it what to do. */
export function problemLines(problems: readonly ConfigProblem[]): string[] {
  return problems.flatMap(({ level, record, field, message, fix }) => [
    `  ${MARK[level]} ${record}${field === '' ? '' : `, ${field}`}: ${message}`,
    `      ${fix}`,
  ]);
}

const SIGN = { added: '+', removed: '-', changed: '~' } as const;

/** What differs between two configs, as lines. */
export function changeLines(changes: readonly ConfigChange[]): string[] {
  return changes.flatMap(({ change, record, fields }) => [
    `  ${SIGN[change]} ${record}`,
    ...fields.map(({ name, from, to }) => `      ${name}: ${from} → ${to}`),
  ]);
}
