/** Something wrong with a config: where, what, and what to do about it. */
export type ConfigProblem = {
  /** `error`: the config is not used as it is. `warning`: it is, and something is lost or left out. */
  readonly level: 'error' | 'warning';
  /** `rule case`, or `mapping case Product__c = custom_fields.product`. */
  readonly record: string;
  /** The part of the record, by its name in the file: `salesforceCondition`, `values`. */
  readonly field: string;
  readonly message: string;
  /** What the admin can do. */
  readonly fix: string;
};

/** A problem as one line for people: where, what, and what to do. */
export function problemText({ record, field, message, fix }: ConfigProblem): string {
  return `${record}${field === '' ? '' : `, ${field}`}: ${message} ${fix}`;
}
