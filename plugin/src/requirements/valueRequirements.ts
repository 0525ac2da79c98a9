import { missingAllowances } from '../merge/caseProcess.ts';
import { activeValues, missingValues, type WantedValue } from '../merge/valueSet.ts';
import type { OrgView } from '../org/orgView.ts';
import { blocked, missing, ok, type Finding, type Requirement } from './requirement.ts';

/** Desk's statuses and priorities cannot be changed there, so Salesforce must have their counterparts. */
const WANTED = {
  CaseStatus: [
    { fullName: 'New', closed: false },
    { fullName: 'Open', closed: false },
    { fullName: 'Pending', closed: false },
    { fullName: 'Resolved', closed: false },
    { fullName: 'Closed', closed: true },
  ],
  CasePriority: [{ fullName: 'High' }, { fullName: 'Medium' }, { fullName: 'Low' }],
} satisfies Readonly<Record<string, readonly WantedValue[]>>;
const names = (values: readonly WantedValue[]) => values.map((value) => value.fullName);

function check(valueSet: keyof typeof WANTED): (view: OrgView) => Finding {
  const wanted: readonly WantedValue[] = WANTED[valueSet];
  return ({ present }) => {
    const file = present.get(`standardValueSets/${valueSet}.standardValueSet`);
    if (file === undefined)
      return blocked(
        `${valueSet} could not be read`,
        'Run this as a user who may customise the application.',
      );
    const values = missingValues(file, wanted);
    if (values.length === 0) return ok(names(wanted).join(', '));
    return missing(`missing: ${names(values).join(', ')}`, [
      { kind: 'addValues', valueSet, values, before: activeValues(file) },
    ]);
  };
}

function supportProcesses({ present }: OrgView): Finding {
  const file = present.get('objects/Case.object');
  if (file === undefined) return ok('none in this org');
  const allowances = missingAllowances(file, {
    status: names(WANTED.CaseStatus),
    priority: names(WANTED.CasePriority),
  });
  if (allowances.length === 0) return ok('all allow the values of Desk');
  const lines = allowances.map(({ fullName, values }) => `${fullName}: ${values.join(', ')}`);
  return missing(`not allowed yet: ${lines.join('; ')}`, [{ kind: 'allow', allowances }]);
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
  {
    id: 'support-processes',
    group: 'Picklist values',
    title: 'Support processes and record types allow them',
    why: 'A new value is in none of them by itself, and an agent could not choose it.',
    section: 'Prepare Your Salesforce Organization',
    check: supportProcesses,
  },
];
