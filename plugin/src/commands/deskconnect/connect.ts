import { Messages, type Org } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { connectBridge, type ConnectStage } from '../../connect/connectFlow.ts';
import { DESK_FLAGS, deskSite, titleOf } from '../../connect/deskSite.ts';
import { explain } from '../../errors.ts';
import { CHANGE_FLAGS, ChangeCommand } from '../../ux/changeCommand.ts';
import { MINUTE_MS } from '../../ux/minute.ts';

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

export default class Connect extends ChangeCommand<ConnectResult> {
  static override readonly summary = messages.getMessage('summary');
  static override readonly description = messages.getMessage('description');
  static override readonly examples = messages.getMessages('examples');
  static override readonly flags = {
    ...CHANGE_FLAGS,
    'integration-user': Flags.string({
      required: true,
      summary: messages.getMessage('flags.integration-user.summary'),
    }),
    'create-user': Flags.boolean({
      summary: messages.getMessage('flags.create-user.summary'),
      default: false,
    }),
    'contact-email': Flags.string({ summary: messages.getMessage('flags.contact-email.summary') }),
    ...DESK_FLAGS,
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
  };

  async run(): Promise<ConnectResult> {
    const { flags } = await this.parse(Connect);
    const org = flags['target-org'];
    const connection = org.getConnection(flags['api-version']);
    try {
      const desk = deskSite(flags, process.env);
      const existing =
        flags['existing-client-id'] !== undefined && flags['key-file'] !== undefined
          ? { clientId: flags['existing-client-id'], keyFile: flags['key-file'] }
          : null;
      if (!flags['no-prompt'])
        await this.agree(
          messages.getMessage(existing ? 'confirmUser' : 'confirmApp', [flags['integration-user']]),
        );
      const stages: ConnectStage[] = ['Desk', 'User', 'App', 'Files', 'Log in'];
      this.begin(messages.getMessage('title'), stages);
      const { deskUser, clientId, files } = await connectBridge({
        connection,
        username: flags['integration-user'],
        contactEmail: flags['contact-email'] ?? org.getUsername() ?? '',
        makeUser: flags['create-user'],
        loginUrl: flags['login-url']?.href.replace(/\/$/, '') ?? (await loginUrl(org)),
        desk,
        folder: flags['output-dir'],
        existing,
        timeoutMs: flags.wait * MINUTE_MS,
        onStage: (stage) => this.goto(stage),
      });
      this.end();
      this.log(
        messages.getMessage('done', [
          titleOf(desk),
          deskUser,
          flags['integration-user'],
          flags['output-dir'],
        ]),
      );
      return { orgId: org.getOrgId(), integrationUser: flags['integration-user'], clientId, deskUser, files };
    } catch (error) {
      this.fail();
      throw explain(error);
    }
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
