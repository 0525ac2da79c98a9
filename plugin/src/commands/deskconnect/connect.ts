import { Messages, type Org } from '@salesforce/core';
import { Flags, SfCommand } from '@salesforce/sf-plugins-core';
import { MultiStageOutput } from '@oclif/multi-stage-output';
import { connectBridge, type ConnectStage } from '../../connect/connectFlow.ts';
import { deskAuth } from '../../connect/deskAccount.ts';
import { explain, failure } from '../../errors.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@desk-connect/plugin', 'deskconnect.connect');

export type ConnectResult = {
  orgId: string;
  integrationUser: string;
  clientId: string;
  deskUser: string;
  /** Paths of the files that the bridge reads. */
  files: { settings: string; secrets: string; key: string | null };
};

export default class Connect extends SfCommand<ConnectResult> {
  static override readonly summary = messages.getMessage('summary');
  static override readonly description = messages.getMessage('description');
  static override readonly examples = messages.getMessages('examples');
  static override readonly flags = {
    'target-org': Flags.requiredOrg(),
    'api-version': Flags.orgApiVersion(),
    'integration-user': Flags.string({
      required: true,
      summary: messages.getMessage('flags.integration-user.summary'),
    }),
    'create-user': Flags.boolean({
      summary: messages.getMessage('flags.create-user.summary'),
      default: false,
    }),
    'contact-email': Flags.string({ summary: messages.getMessage('flags.contact-email.summary') }),
    'desk-url': Flags.url({ required: true, summary: messages.getMessage('flags.desk-url.summary') }),
    'login-url': Flags.url({ summary: messages.getMessage('flags.login-url.summary') }),
    'existing-client-id': Flags.string({
      summary: messages.getMessage('flags.existing-client-id.summary'),
      dependsOn: ['key-file'],
    }),
    'key-file': Flags.file({
      exists: true,
      summary: messages.getMessage('flags.key-file.summary'),
      dependsOn: ['existing-client-id'],
    }),
    'output-dir': Flags.directory({
      char: 'd',
      default: 'desk-connect',
      summary: messages.getMessage('flags.output-dir.summary'),
    }),
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

  async run(): Promise<ConnectResult> {
    const { flags } = await this.parse(Connect);
    const org = flags['target-org'];
    const connection = org.getConnection(flags['api-version']);
    let stages: MultiStageOutput<Record<string, never>> | null = null;
    try {
      const auth = deskAuth(process.env);
      const existing =
        flags['existing-client-id'] !== undefined && flags['key-file'] !== undefined
          ? { clientId: flags['existing-client-id'], keyFile: flags['key-file'] }
          : null;
      if (!flags['no-prompt']) await this.#agree(flags['integration-user'], existing === null);
      if (!this.jsonEnabled())
        stages = new MultiStageOutput({
          stages: ['Desk', 'User', 'App', 'Files', 'Log in'] satisfies ConnectStage[],
          title: messages.getMessage('title'),
          jsonEnabled: false,
        });
      const { deskUser, clientId, files } = await connectBridge({
        connection,
        username: flags['integration-user'],
        contactEmail: flags['contact-email'] ?? org.getUsername() ?? '',
        makeUser: flags['create-user'],
        loginUrl: flags['login-url']?.href.replace(/\/$/, '') ?? (await loginUrl(org)),
        desk: { url: flags['desk-url'].href.replace(/\/$/, ''), auth },
        folder: flags['output-dir'],
        existing,
        timeoutMs: flags.wait.milliseconds,
        onStage: (stage) => stages?.goto(stage),
      });
      stages?.stop();
      this.log(
        messages.getMessage('done', [deskUser, flags['integration-user'], files.settings, files.secrets]),
      );
      return { orgId: org.getOrgId(), integrationUser: flags['integration-user'], clientId, deskUser, files };
    } catch (error) {
      stages?.error();
      throw explain(error);
    }
  }

  async #agree(username: string, makesApp: boolean): Promise<void> {
    const message = messages.getMessage(makesApp ? 'confirmApp' : 'confirmUser', [username]);
    const asked = process.stdin.isTTY && !this.jsonEnabled();
    if (asked && (await this.confirm({ message }))) return;
    throw failure('NeedsConfirmation');
  }
}

/** Where users of the org log in: the audience of a JWT. An org that is not at Salesforce is its own. */
async function loginUrl(org: Org): Promise<string> {
  const instance = org.getConnection().instanceUrl;
  if (!/\.(?:salesforce|force)\.com$/.test(new URL(instance).hostname)) return instance;
  return (await isSandboxOrScratch(org)) ? 'https://test.salesforce.com' : 'https://login.salesforce.com';
}

async function isSandboxOrScratch(org: Org): Promise<boolean> {
  const { IsSandbox } = await org
    .getConnection()
    .singleRecordQuery<{ IsSandbox: boolean }>('SELECT IsSandbox FROM Organization');
  return IsSandbox;
}
