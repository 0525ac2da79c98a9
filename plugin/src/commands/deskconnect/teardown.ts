import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { explain, failure } from '../../errors.ts';
import { readReplaced } from '../../setup/replaced.ts';
import { CHANGE_FLAGS, ChangeCommand } from '../../ux/changeCommand.ts';
import { MINUTE_MS } from '../../ux/minute.ts';
import { carryOut, planTeardown } from '../../teardown/teardownFlow.ts';
import { shown } from '../../ux/terminal.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@desk-connect/plugin', 'deskconnect.teardown');

export type TeardownResult = {
  outcome: 'nothing' | 'planned' | 'done';
  orgId: string;
  /** Links that go with their object. */
  links: number;
  removed: { type: string; name: string }[];
  restored: string[];
};

const MOST_LINES = 20;

export default class Teardown extends ChangeCommand<TeardownResult> {
  static override readonly summary = messages.getMessage('summary');
  static override readonly description = messages.getMessage('description');
  static override readonly examples = messages.getMessages('examples');
  static override readonly flags = {
    ...CHANGE_FLAGS,
    restore: Flags.boolean({ summary: messages.getMessage('flags.restore.summary'), default: false }),
    'with-links': Flags.boolean({ summary: messages.getMessage('flags.with-links.summary'), default: false }),
    'dry-run': Flags.boolean({ summary: messages.getMessage('flags.dry-run.summary'), default: false }),
  };

  async run(): Promise<TeardownResult> {
    const { flags } = await this.parse(Teardown);
    const org = flags['target-org'];
    const connection = org.getConnection(flags['api-version']);
    const timeoutMs = flags.wait * MINUTE_MS;
    try {
      const recorded = flags.restore
        ? readReplaced(this.config.dataDir, org.getOrgId()).flatMap(({ changes }) => changes)
        : [];
      if (flags.restore && recorded.length === 0) this.warn(messages.getMessage('nothingKept'));
      const { plan, links } = await planTeardown(
        { connection, username: org.getUsername() ?? '', timeoutMs },
        recorded,
      );
      const removed = plan.removed.flatMap(({ name, members }) =>
        members.map((member) => ({ type: name, name: member })),
      );
      const result = (outcome: TeardownResult['outcome']): TeardownResult => ({
        outcome,
        orgId: org.getOrgId(),
        links,
        removed,
        restored: [...plan.restored],
      });
      if (removed.length === 0 && plan.restored.length === 0) {
        this.log(messages.getMessage('nothing'));
        return result('nothing');
      }
      for (const { name: type, members } of plan.removed)
        for (const line of removedLines(type, members)) this.log(shown(line));
      for (const line of plan.restored) this.log(shown(`  ~ ${line}`));
      if (links > 0) this.log(messages.getMessage('links', [links]));
      if (flags['dry-run']) {
        this.log(messages.getMessage('planned'));
        return result('planned');
      }
      if (links > 0 && !flags['with-links']) throw failure('LinksExist', [links]);
      if (!flags['no-prompt']) await this.agree(messages.getMessage('confirm', [removed.length]));
      this.begin(messages.getMessage('title'), ['Deactivate', 'Unassign', 'Remove']);
      await carryOut(connection, plan, { timeoutMs, onStage: (stage) => this.goto(stage) });
      this.end();
      this.log(messages.getMessage('done'));
      return result('done');
    } catch (error) {
      this.fail();
      throw explain(error);
    }
  }
}

/** One line each, but for what comes by the hundred, such as labels. */
function removedLines(type: string, members: readonly string[]): string[] {
  if (members.length > MOST_LINES) return [`  - ${members.length} × ${type}`];
  return members.map((member) => `  - ${type} ${member}`);
}
