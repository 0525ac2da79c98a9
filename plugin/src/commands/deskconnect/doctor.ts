import { Messages, Org } from '@salesforce/core';
import { Flags, SfCommand } from '@salesforce/sf-plugins-core';
import { CONFIG_FLAG } from '../../bridge/bridgeCommand.ts';
import { lookAtDesk } from '../../connect/lookAtDesk.ts';
import { explain } from '../../errors.ts';
import { NO_WISHES } from '../../org/orgView.ts';
import { readOrg } from '../../org/readOrg.ts';
import { isUnmet, planOf } from '../../plan/plan.ts';
import { REQUIREMENTS } from '../../requirements/requirements.ts';
import { findingJson, findingLines, type FindingJson, type Shown } from '../../ux/findings.ts';
import { ORG_FLAGS } from '../../ux/changeCommand.ts';
import { MINUTE_MS } from '../../ux/minute.ts';
import { shown } from '../../ux/terminal.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@desk-connect/plugin', 'deskconnect.doctor');

export type DoctorResult = {
  healthy: boolean;
  orgId: string;
  integrationUser: string;
  findings: FindingJson[];
};

export default class Doctor extends SfCommand<DoctorResult> {
  static override readonly summary = messages.getMessage('summary');
  static override readonly description = messages.getMessage('description');
  static override readonly examples = messages.getMessages('examples');
  static override readonly flags = {
    ...ORG_FLAGS,
    ...CONFIG_FLAG,
    'integration-user': Flags.string({ summary: messages.getMessage('flags.integration-user.summary') }),
    as: Flags.string({
      summary: messages.getMessage('flags.as.summary'),
      description: messages.getMessage('flags.as.description'),
      exclusive: ['integration-user'],
    }),
    verbose: Flags.boolean({ summary: messages.getMessage('flags.verbose.summary'), default: false }),
    wait: Flags.integer({
      char: 'w',
      min: 1,
      default: 5,
      summary: messages.getMessage('flags.wait.summary'),
    }),
  };

  async run(): Promise<DoctorResult> {
    const { flags } = await this.parse(Doctor);
    const org = flags['target-org'];
    try {
      const as = flags.as === undefined ? null : await Org.create({ aliasOrUsername: flags.as });
      const username = as?.getUsername() ?? flags['integration-user'] ?? org.getUsername() ?? '';
      const [view, desk] = await Promise.all([
        readOrg({
          connection: org.getConnection(flags['api-version']),
          username,
          timeoutMs: flags.wait * MINUTE_MS,
          wishes: NO_WISHES,
          ...(as ? { as: as.getConnection(flags['api-version']) } : {}),
        }),
        lookAtDesk(flags['config-dir']),
      ]);
      const checked: readonly Shown[] = [...planOf(view, REQUIREMENTS).checked, ...(desk ?? [])];
      const wrong = checked.filter(isUnmet).length;
      const mendable = checked.some(({ finding }) => finding.state === 'missing');
      const named = username === org.getUsername() ? '' : ` --integration-user ${username}`;
      const fix = `sf deskconnect setup --target-org ${org.getUsername() ?? ''}${named}`;
      for (const line of findingLines(checked, { verbose: flags.verbose })) this.log(shown(line));
      this.log('');
      this.log(
        messages.getMessage(wrong === 0 ? 'healthy' : 'unhealthy', [checked.length - wrong, checked.length]),
      );
      if (desk === null) this.log(shown(messages.getMessage('noDesk')));
      if (mendable) this.log(messages.getMessage('fix', [fix]));
      if (wrong > 0) process.exitCode = 1;
      return {
        healthy: wrong === 0,
        orgId: org.getOrgId(),
        integrationUser: username,
        findings: checked.map(findingJson),
      };
    } catch (error) {
      throw explain(error);
    }
  }
}
