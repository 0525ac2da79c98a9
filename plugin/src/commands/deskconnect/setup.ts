import { Messages } from '@salesforce/core';
import { Flags, SfCommand } from '@salesforce/sf-plugins-core';
import { MultiStageOutput } from '@oclif/multi-stage-output';
import { explain, failure } from '../../errors.ts';
import { describeChange } from '../../plan/describeChange.ts';
import type { Plan } from '../../plan/plan.ts';
import { apply, checkOrg, validate, type SetupOptions, type Stage } from '../../setupFlow.ts';
import { findingJson, findingLines, type FindingJson } from '../../ux/findings.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@desk-connect/plugin', 'deskconnect.setup');

export type SetupResult = {
  /** `nothing`: all was in place. `planned`: a dry run. `done`: the changes were made and verified. */
  outcome: 'nothing' | 'planned' | 'done';
  orgId: string;
  integrationUser: string;
  changes: string[];
  findings: FindingJson[];
};

export default class Setup extends SfCommand<SetupResult> {
  static override readonly summary = messages.getMessage('summary');
  static override readonly description = messages.getMessage('description');
  static override readonly examples = messages.getMessages('examples');
  static override readonly flags = {
    'target-org': Flags.requiredOrg(),
    'api-version': Flags.orgApiVersion(),
    'integration-user': Flags.string({ summary: messages.getMessage('flags.integration-user.summary') }),
    'dry-run': Flags.boolean({ summary: messages.getMessage('flags.dry-run.summary'), default: false }),
    'no-prompt': Flags.boolean({
      char: 'p',
      summary: messages.getMessage('flags.no-prompt.summary'),
      default: false,
    }),
    wait: Flags.duration({
      char: 'w',
      unit: 'minutes',
      min: 1,
      defaultValue: 15,
      summary: messages.getMessage('flags.wait.summary'),
    }),
  };

  #stages: MultiStageOutput<Record<string, never>> | null = null;

  async run(): Promise<SetupResult> {
    const { flags } = await this.parse(Setup);
    const org = flags['target-org'];
    const username = flags['integration-user'] ?? org.getUsername() ?? '';
    const options: SetupOptions = {
      connection: org.getConnection(flags['api-version']),
      username,
      timeoutMs: flags.wait.milliseconds,
      onStage: (stage) => this.#stages?.goto(stage),
    };
    const result = (
      outcome: SetupResult['outcome'],
      plan: Plan,
      changes: readonly string[],
    ): SetupResult => ({
      outcome,
      orgId: org.getOrgId(),
      integrationUser: username,
      changes: [...changes],
      findings: plan.checked.map(findingJson),
    });
    try {
      this.#begin(['Check']);
      const plan = await checkOrg(options);
      this.#stages?.stop();
      this.#warnings(plan);
      const changes = plan.changes.map(describeChange);
      if (changes.length === 0) {
        this.log(messages.getMessage('nothing'));
        return result('nothing', plan, changes);
      }
      this.log(messages.getMessage('changes'));
      for (const change of changes) this.log(`  ${change}`);
      if (flags['dry-run']) {
        this.#begin(['Validate']);
        await validate(plan, options);
        this.#stages?.stop();
        this.log(messages.getMessage('planned'));
        return result('planned', plan, changes);
      }
      if (!flags['no-prompt']) await this.#agree(changes.length);
      this.#begin(['Deploy', 'Assign', 'Verify']);
      const after = await apply(plan, options);
      this.#stages?.stop();
      this.log(messages.getMessage('done', [changes.length]));
      return result('done', after, changes);
    } catch (error) {
      this.#stages?.error();
      throw explain(error);
    }
  }

  #begin(stages: readonly Stage[]): void {
    if (this.jsonEnabled()) return;
    this.#stages = new MultiStageOutput({ stages, title: messages.getMessage('title'), jsonEnabled: false });
  }

  /** Without a terminal there is nobody to ask, and a change that nobody agreed to is not made. */
  async #agree(count: number): Promise<void> {
    this.#stages = null;
    const asked = process.stdin.isTTY && !this.jsonEnabled();
    if (asked && (await this.confirm({ message: messages.getMessage('confirm', [count]) }))) return;
    throw failure('NeedsConfirmation');
  }

  #warnings(plan: Plan): void {
    const warnings = plan.checked.filter(({ finding }) => finding.state === 'warning');
    for (const line of findingLines(warnings, { verbose: false, fix: '' })) this.log(line);
  }
}
