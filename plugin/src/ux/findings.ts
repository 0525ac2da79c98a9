import type { ChangeLine } from '../plan/describeChange.ts';
import type { Finding, Requirement } from '../requirements/requirement.ts';

/** A finding and what it is about, of whichever side. */
export type Shown = {
  readonly requirement: Pick<Requirement, 'id' | 'title'> & { readonly group: string };
  readonly finding: Finding;
};

const MARK = { ok: '✔', missing: '✖', blocked: '✖', warning: '!' } as const;

/** The findings as lines, group by group; what is in order only when asked for. */
export function findingLines(checked: readonly Shown[], options: { verbose: boolean }): string[] {
  const lines: string[] = [];
  let group = '';
  for (const { requirement, finding } of checked) {
    if (finding.state === 'ok' && !options.verbose) continue;
    if (requirement.group !== group) {
      group = requirement.group;
      lines.push('', `# ${group}`);
    }
    lines.push(`  ${MARK[finding.state]} ${requirement.title}: ${finding.evidence}`);
    if (finding.state === 'blocked' || finding.state === 'warning') lines.push(`      ${finding.remedy}`);
  }
  return lines;
}

/** The plan as lines: what is made and changed, with old and new below. */
export function changeLines(changes: readonly ChangeLine[]): string[] {
  return changes.flatMap(({ sign, what, details }) => [
    `  ${sign} ${what}`,
    ...details.map((detail) => `      ${detail}`),
  ]);
}

export type FindingJson = {
  id: string;
  group: string;
  title: string;
  state: 'ok' | 'missing' | 'blocked' | 'warning';
  evidence: string;
  remedy?: string;
};

export function findingJson({ requirement, finding }: Shown): FindingJson {
  const { id, group, title } = requirement;
  return {
    id,
    group,
    title,
    state: finding.state,
    evidence: finding.evidence,
    ...('remedy' in finding ? { remedy: finding.remedy } : {}),
  };
}
