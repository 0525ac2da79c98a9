import { allow } from '../merge/caseProcess.ts';
import { addToLayout } from '../merge/layout.ts';
import { place } from '../merge/recordPage.ts';
import { RELAXED, sessionSettingsFile } from '../merge/sessionSettings.ts';
import { withoutStarted } from '../merge/startingPoints.ts';
import { mergeValues } from '../merge/valueSet.ts';
import { findFile } from '../org/manifest.ts';
import type { Files, OrgView } from '../org/orgView.ts';
import type { Change, Finding, Requirement } from '../requirements/requirement.ts';
import { filesOf } from '../requirements/toDeploy.ts';

export type Checked = { readonly requirement: Requirement; readonly finding: Finding };

/** Whether something is wrong, not merely worth a word. */
export const isUnmet = ({ finding }: Pick<Checked, 'finding'>) =>
  finding.state === 'missing' || finding.state === 'blocked';

/** What a setup would do, and what keeps it from being done. */
export type Plan = {
  readonly checked: readonly Checked[];
  readonly changes: readonly Change[];
  readonly blocked: readonly Checked[];
  /** The files to deploy, all in one package. */
  readonly files: Files;
  /** Of those, the ones that the org has, as they are now. */
  readonly before: Files;
};

/** Checks every requirement and gathers what mends it. Pure. */
export function planOf(view: OrgView, requirements: readonly Requirement[]): Plan {
  const checked = requirements.map((requirement) => ({ requirement, finding: requirement.check(view) }));
  const changes = checked.flatMap(({ finding }) => (finding.state === 'missing' ? finding.changes : []));
  const files = new Map<string, string>();
  // Two changes of one file, lists and fields of a layout for example, are made one after the other.
  for (const change of changes)
    for (const [path, text] of filesFor(view, change, files)) files.set(path, text);
  return {
    checked,
    changes,
    blocked: checked.filter(({ finding }) => finding.state === 'blocked'),
    files,
    before: new Map([...view.present].filter(([path]) => files.has(path))),
  };
}

function filesFor(view: OrgView, change: Change, sofar: Files): (readonly [string, string])[] {
  const current = (path: string) => sofar.get(path) ?? view.present.get(path) ?? '';
  switch (change.kind) {
    case 'deploy':
      return filesOf(view.wanted, change.path).map(([path, text]) => [
        path,
        withoutStarted(path, text, view.present.get(path)),
      ]);
    case 'addValues': {
      const path = `standardValueSets/${change.valueSet}.standardValueSet`;
      return [[path, mergeValues(current(path), change.values)]];
    }
    case 'allow':
      return [['objects/Case.object', allow(current('objects/Case.object'), change.allowances)]];
    case 'addToLayout': {
      const path = findFile(view.present, 'layouts', change.layout)?.path ?? '';
      return [[path, addToLayout(current(path), change.additions)]];
    }
    case 'placeComponent': {
      const path = `flexipages/${change.page}.flexipage`;
      return [[path, place(current(path)) ?? current(path)]];
    }
    case 'relaxSessions':
      return [['settings/Security.settings', sessionSettingsFile(RELAXED)]];
    case 'activateFlow':
    case 'assign':
      return [];
  }
}
