import { mergeValues } from '../merge/valueSet.ts';
import type { OrgView } from '../org/orgView.ts';
import { filesOf } from '../requirements/toDeploy.ts';
import type { Change, Finding, Requirement } from '../requirements/requirement.ts';

export type Checked = { readonly requirement: Requirement; readonly finding: Finding };

/** What a setup would do, and what keeps it from being done. */
export type Plan = {
  readonly checked: readonly Checked[];
  readonly changes: readonly Change[];
  readonly blocked: readonly Checked[];
  /** The files to deploy, all in one package. */
  readonly files: ReadonlyMap<string, string>;
};

/** Checks every requirement and gathers what mends it. Pure. */
export function planOf(view: OrgView, requirements: readonly Requirement[]): Plan {
  const checked = requirements.map((requirement) => ({ requirement, finding: requirement.check(view) }));
  const changes = checked.flatMap(({ finding }) => (finding.state === 'missing' ? finding.changes : []));
  const files = new Map(changes.flatMap((change) => fileOf(view, change)));
  return { checked, changes, blocked: checked.filter(({ finding }) => finding.state === 'blocked'), files };
}

function fileOf(view: OrgView, change: Change): (readonly [string, string])[] {
  switch (change.kind) {
    case 'deploy':
      return filesOf(view.wanted, change.path);
    case 'addValues': {
      const path = `standardValueSets/${change.valueSet}.standardValueSet`;
      return [[path, mergeValues(view.present.get(path) ?? '', change.values)]];
    }
    case 'assign':
      return [];
  }
}
