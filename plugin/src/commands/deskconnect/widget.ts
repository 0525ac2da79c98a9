import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { DESKS } from '@desk-connect/bridge/desks/desks.js';
import type { Config } from '@desk-connect/bridge/service/config.js';
import { bridgeConfig } from '../../bridge/bridgeConfig.ts';
import { CONFIG_FLAG } from '../../bridge/bridgeCommand.ts';
import { failure } from '../../errors.ts';
import { CHANGE_FLAGS, ChangeCommand } from '../../ux/changeCommand.ts';
import { checkWidgetUrl } from '../../widget/integrationUrl.ts';
import type { Prepared, Put, WidgetAt, WidgetPlace } from '../../widget/widgetPlace.ts';
import { WIDGET_PLACES } from '../../widget/widgetPlaces.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@desk-connect/plugin', 'deskconnect.widget');

export type WidgetResult = {
  name: string;
  /** What the desk opens beside a case. */
  markup: string;
  /** A file to be uploaded; null where the address is enough. */
  file: string | null;
  /** By which the desk knows it. Null where nothing was asked of the desk. */
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
    const widgetUrl = flags['widget-url'];
    checkWidgetUrl(widgetUrl);
    const folder = flags['config-dir'];
    const { desk: site, widget: served } = configOf(folder);
    const place = WIDGET_PLACES[site.kind];
    const { title } = DESKS[site.kind].vocabulary;
    const at = { site, served, widgetUrl, folder };
    const { name } = place;
    const prepared = await place.prepare(at);
    const { markup, file } = prepared;
    if (!flags.create) {
      this.log(
        file === null
          ? messages.getMessage('print', [name, title, markup])
          : messages.getMessage('printFile', [file, title, markup]),
      );
      return { name, markup, file, id: null, outcome: 'printed' };
    }
    if (!flags['no-prompt']) await this.agree(messages.getMessage('confirm', [name, title, site.url]));
    const { id, outcome } = await putInto(place, at, prepared);
    this.log(messages.getMessage(outcome, [name, title, site.url]));
    if (file !== null && outcome !== 'unchanged') this.log(messages.getMessage('restart'));
    return { name, markup, file, id, outcome };
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
async function putInto(place: WidgetPlace, at: WidgetAt, prepared: Prepared): Promise<Put> {
  try {
    return await place.put(at, prepared);
  } catch (error) {
    if (error instanceof Error && error.name.startsWith('DeskRefused')) throw error;
    throw failure('DeskRefused', [at.site.url, error instanceof Error ? error.message : String(error)]);
  }
}
