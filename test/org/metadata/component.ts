/** A component of a deployment: a file in Metadata API form, or the files of a bundle packed as JSON. */
export type Component = { readonly type: string; readonly name: string; readonly file: Buffer };

/** A component that the org does not take, in Salesforce's words. */
export class ComponentProblem extends Error {
  /** Full name of the part that is wrong, when that is not the whole file. */
  readonly part: { readonly type: string; readonly name: string } | null;

  constructor(problem: string, part: { readonly type: string; readonly name: string } | null = null) {
    super(problem);
    this.name = 'ComponentProblem';
    this.part = part;
  }
}
