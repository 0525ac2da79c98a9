import { randomBytes } from 'node:crypto';
import { Messages } from '@salesforce/core';
import { Flags, SfCommand } from '@salesforce/sf-plugins-core';
import { DESKS } from '@desk-connect/bridge/desks/desks.js';
import { DESK_FLAGS, deskSite, titleOf } from '../../../connect/deskSite.ts';
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
    ...DESK_FLAGS,
    wait: Flags.integer({
      char: 'w',
      min: 1,
      default: 120,
      summary: messages.getMessage('flags.wait.summary'),
    }),
  };

  async run(): Promise<TestCaseResult> {
    const { flags } = await this.parse(TestCase);
    const stop = new AbortController();
    try {
      const site = deskSite(flags, process.env);
      const desk = DESKS[site.kind].open(site, { rules: true, signal: stop.signal });
      const connection = flags['target-org'].getConnection(flags['api-version']);
      const result = await runTestCase({ desk, url: site.url }, connection, {
        mark: randomBytes(4).toString('hex'),
        timeoutMs: flags.wait * 1_000,
        now: Date.now,
      });
      const { deskCaseId, caseNumber, contact, status, priority, tookMs } = result;
      this.log(
        messages.getMessage('done', [
          deskCaseId,
          titleOf(site),
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
    } finally {
      stop.abort();
    }
  }
}
