import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { explain, failure } from '../../errors.ts';
import { describeChange, type ChangeLine } from '../../plan/describeChange.ts';
import { digestOf, readPlan, savePlan } from '../../plan/planFile.ts';
import type { Plan } from '../../plan/plan.ts';
import { saveReplaced } from '../../setup/replaced.ts';
import { apply, checkOrg, validate, type SetupOptions } from '../../setup/setupFlow.ts';
import { CHANGE_FLAGS, ChangeCommand } from '../../ux/changeCommand.ts';
import { changeLines, findingJson, findingLines, type FindingJson } from '../../ux/findings.ts';
import { MINUTE_MS } from '../../ux/minute.ts';
import { shown } from '../../ux/terminal.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@desk-connect/plugin', 'deskconnect.setup');

export type SetupResult = {
  /** `nothing`: all was in place. `planned`: a dry run. `done`: the changes were made and verified. */
  outcome: 'nothing' | 'planned' | 'done';
  orgId: string;
  integrationUser: string;
  changes: ChangeLine[];
  findings: FindingJson[];
  /** Where what was replaced is kept, for teardown. */
  replaced?: string;
  planFile?: string;
};

/** With --detailed-exit-code: there are changes, planned or made. */
const CHANGES = 2;

export default class Setup extends ChangeCommand<SetupResult> {
  static override readonly summary = messages.getMessage('summary');
  static override readonly description = messages.getMessage('description');
  static override readonly examples = messages.getMessages('examples');
  static override readonly flags = {
    ...CHANGE_FLAGS,
    'integration-user': Flags.string({ summary: messages.getMessage('flags.integration-user.summary') }),
    'dry-run': Flags.boolean({ summary: messages.getMessage('flags.dry-run.summary'), default: false }),
    'plan-file': Flags.file({
      summary: messages.getMessage('flags.plan-file.summary'),
      dependsOn: ['dry-run'],
    }),
    apply: Flags.file({
      summary: messages.getMessage('flags.apply.summary'),
      exists: true,
      exclusive: ['dry-run', 'integration-user', 'relax-sessions', 'place-components'],
    }),
    'relax-sessions': Flags.boolean({
      summary: messages.getMessage('flags.relax-sessions.summary'),
      description: messages.getMessage('flags.relax-sessions.description'),
      default: false,
    }),
    'place-components': Flags.boolean({
      summary: messages.getMessage('flags.place-components.summary'),
      default: false,
    }),
    'detailed-exit-code': Flags.boolean({
      summary: messages.getMessage('flags.detailed-exit-code.summary'),
      default: false,
    }),
  };

  async run(): Promise<SetupResult> {
    const { flags } = await this.parse(Setup);
    const org = flags['target-org'];
    try {
      const saved = flags.apply === undefined ? null : readPlan(flags.apply);
      const orgId = org.getOrgId();
      if (saved && saved.orgId !== orgId) throw failure('OtherOrg', [saved.orgId, orgId]);
      const username = saved?.integrationUser ?? flags['integration-user'] ?? org.getUsername() ?? '';
      const wishes = saved?.wishes ?? {
        relaxSessions: flags['relax-sessions'],
        placeComponents: flags['place-components'],
      };
      const options: SetupOptions = {
        connection: org.getConnection(flags['api-version']),
        username,
        timeoutMs: flags.wait * MINUTE_MS,
        wishes,
        onStage: (stage) => this.goto(stage),
      };
      this.begin(messages.getMessage('title'), ['Check']);
      const plan = await checkOrg(options);
      this.end();
      if (saved && digestOf(plan) !== saved.digest) throw failure('OrgDrifted', [flags.apply ?? '']);
      this.#show(plan);
      const head = { orgId, integrationUser: username };
      const result = (outcome: SetupResult['outcome'], shown: Plan): SetupResult => {
        if (flags['detailed-exit-code'] && outcome !== 'nothing') process.exitCode = CHANGES;
        return {
          outcome,
          ...head,
          changes: plan.changes.map(describeChange),
          findings: shown.checked.map(findingJson),
        };
      };
      if (flags['plan-file'] !== undefined) savePlan(flags['plan-file'], plan, { ...head, wishes });
      const planFile = flags['plan-file'] === undefined ? {} : { planFile: flags['plan-file'] };
      if (plan.changes.length === 0) return { ...result('nothing', plan), ...planFile };
      if (flags['dry-run']) {
        this.begin(messages.getMessage('title'), ['Validate']);
        await validate(plan, options);
        this.end();
        this.log(messages.getMessage('planned'));
        return { ...result('planned', plan), ...planFile };
      }
      if (!flags['no-prompt']) await this.agree(messages.getMessage('confirm', [plan.changes.length]));
      const replaced = saveReplaced(this.config.dataDir, orgId, plan, new Date());
      this.begin(messages.getMessage('title'), ['Deploy', 'Activate', 'Assign', 'Verify']);
      const after = await apply(plan, options);
      this.end();
      this.log(messages.getMessage('done', [plan.changes.length]));
      return { ...result('done', after), replaced };
    } catch (error) {
      this.fail();
      throw explain(error);
    }
  }

  #show(plan: Plan): void {
    const warnings = plan.checked.filter(({ finding }) => finding.state === 'warning');
    for (const line of findingLines(warnings, { verbose: false })) this.log(shown(line));
    const inPlace = plan.checked.filter(({ finding }) => finding.state === 'ok').length;
    this.log('');
    if (plan.changes.length === 0) return this.log(messages.getMessage('nothing'));
    this.log(messages.getMessage('changes', [inPlace, plan.checked.length]));
    for (const line of changeLines(plan.changes.map(describeChange))) this.log(shown(line));
    this.log('');
  }
}
