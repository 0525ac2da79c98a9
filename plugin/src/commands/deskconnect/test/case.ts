import { randomBytes } from 'node:crypto';
import { Messages } from '@salesforce/core';
import { Flags, SfCommand } from '@salesforce/sf-plugins-core';
import { DeskHttp } from '@desk-connect/bridge/desk/http.js';
import { deskAuth } from '../../../connect/deskAccount.ts';
import { explain } from '../../../errors.ts';
import { runTestCase, type TestCaseResult } from '../../../testCase/testCase.ts';
import { ORG_FLAGS } from '../../../ux/changeCommand.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@desk-connect/plugin', 'deskconnect.test.case');

export default class TestCase extends SfCommand<TestCaseResult> {
  static override readonly summary = messages.getMessage('summary');
  static override readonly description = messages.getMessage('description');
  static override readonly examples = messages.getMessages('examples');
  static override readonly flags = {
    ...ORG_FLAGS,
    'desk-url': Flags.url({ required: true, summary: messages.getMessage('flags.desk-url.summary') }),
    wait: Flags.duration({
      char: 'w',
      unit: 'seconds',
      min: 1,
      defaultValue: 120,
      summary: messages.getMessage('flags.wait.summary'),
    }),
  };

  async run(): Promise<TestCaseResult> {
    const { flags } = await this.parse(TestCase);
    try {
      const desk = new DeskHttp({
        url: flags['desk-url'].href.replace(/\/$/, ''),
        auth: deskAuth(process.env),
      });
      const connection = flags['target-org'].getConnection(flags['api-version']);
      const result = await runTestCase(desk, connection, {
        mark: randomBytes(4).toString('hex'),
        timeoutMs: flags.wait.milliseconds,
        now: Date.now,
      });
      const { deskCaseId, caseNumber, contact, status, priority, tookMs } = result;
      this.log(
        messages.getMessage('done', [
          deskCaseId,
          caseNumber,
          (tookMs / 1_000).toFixed(1),
          contact,
          status,
          priority,
        ]),
      );
      return result;
    } catch (error) {
      throw explain(error);
    }
  }
}
