import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { deskHttp } from '@desk-connect/bridge/desks/desk.js';
import type { DeskSite } from '@desk-connect/bridge/desks/deskType.js';
import type { Config } from '@desk-connect/bridge/service/config.js';
import { bridgeConfig } from '../../bridge/bridgeConfig.ts';
import { CONFIG_FLAG } from '../../bridge/bridgeCommand.ts';
import { failure } from '../../errors.ts';
import { CHANGE_FLAGS, ChangeCommand } from '../../ux/changeCommand.ts';
import {
  checkWidgetUrl,
  NAME,
  openingAddress,
  putIntegrationUrl,
  type Put,
} from '../../widget/integrationUrl.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@desk-connect/plugin', 'deskconnect.widget');

export type WidgetResult = {
  name: string;
  /** What stands in Desk's integration URL. */
  markup: string;
  /** Null where nothing was asked of Desk. */
  id: string | null;
  outcome: 'printed' | Put['outcome'];
};

export default class Widget extends ChangeCommand<WidgetResult> {
  static override readonly summary = messages.getMessage('summary');
  static override readonly description = messages.getMessage('description');
  static override readonly examples = messages.getMessages('examples');
  static override readonly flags = {
    ...CONFIG_FLAG,
    'widget-url': Flags.url({ required: true, summary: messages.getMessage('flags.widget-url.summary') }),
    create: Flags.boolean({ summary: messages.getMessage('flags.create.summary'), default: false }),
    'no-prompt': CHANGE_FLAGS['no-prompt'],
  };

  async run(): Promise<WidgetResult> {
    const { flags } = await this.parse(Widget);
    checkWidgetUrl(flags['widget-url']);
    const { desk, widget } = configOf(flags['config-dir']);
    if (widget === null) throw failure('WidgetNotServed');
    const markup = openingAddress(widget, flags['widget-url']);
    if (!flags.create) {
      this.log(messages.getMessage('print', [NAME, markup]));
      return { name: NAME, markup, id: null, outcome: 'printed' };
    }
    if (!flags['no-prompt']) await this.agree(messages.getMessage('confirm', [NAME, desk.url]));
    const { id, outcome } = await putInto(desk, markup);
    this.log(messages.getMessage(outcome, [NAME, desk.url]));
    return { name: NAME, markup, id, outcome };
  }
}

/** @throws BridgeNotStarted with what the bridge would say */
function configOf(folder: string): Config {
  try {
    return bridgeConfig(folder);
  } catch (error) {
    throw failure('BridgeNotStarted', [error instanceof Error ? error.message : String(error)]);
  }
}

/** @throws DeskRefused */
async function putInto(site: DeskSite, markup: string): Promise<Put> {
  try {
    return await putIntegrationUrl(deskHttp(site), markup);
  } catch (error) {
    if (error instanceof Error && error.name.startsWith('DeskRefused')) throw error;
    throw failure('DeskRefused', [site.url, error instanceof Error ? error.message : String(error)]);
  }
}
