import { missingValues, type WantedValue } from '../merge/valueSet.ts';
import type { OrgView } from '../org/orgView.ts';
import { ok, type Finding, type Requirement } from './requirement.ts';

/** Desk's statuses and priorities cannot be changed there, so Salesforce must have their counterparts. */
const WANTED: Readonly<Record<string, readonly WantedValue[]>> = {
  CaseStatus: [
    { fullName: 'New', closed: false },
    { fullName: 'Open', closed: false },
    { fullName: 'Pending', closed: false },
    { fullName: 'Resolved', closed: false },
    { fullName: 'Closed', closed: true },
  ],
  CasePriority: [{ fullName: 'High' }, { fullName: 'Medium' }, { fullName: 'Low' }],
};

function check(valueSet: string): (view: OrgView) => Finding {
  const wanted = WANTED[valueSet] ?? [];
  return ({ present }) => {
    const file = present.get(`standardValueSets/${valueSet}.standardValueSet`);
    if (file === undefined) {
      return {
        state: 'blocked',
        evidence: `${valueSet} could not be read`,
        remedy: 'Run this as a user who may customise the application.',
      };
    }
    const missing = missingValues(file, wanted);
    if (missing.length === 0) return ok(wanted.map((value) => value.fullName).join(', '));
    return {
      state: 'missing',
      evidence: `missing: ${missing.map((value) => value.fullName).join(', ')}`,
      changes: [{ kind: 'addValues', valueSet, values: missing }],
    };
  };
}

export const VALUE_REQUIREMENTS: readonly Requirement[] = [
  {
    id: 'case-status',
    group: 'Picklist values',
    title: 'Case Status has the statuses of Desk',
    why: 'A status that Salesforce does not have could not cross.',
    section: 'Prepare Your Salesforce Organization',
    check: check('CaseStatus'),
  },
  {
    id: 'case-priority',
    group: 'Picklist values',
    title: 'Case Priority has High, Medium and Low',
    why: 'The ten priorities of Desk cross in three bands.',
    section: 'Prepare Your Salesforce Organization',
    check: check('CasePriority'),
  },
];
