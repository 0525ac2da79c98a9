import { Messages } from '@salesforce/core/messages';
import { HOME_FLAGS, HomeCommand, PAIR_FLAG } from '../../../config/homeCommand.ts';
import { valueRows, type ValueRow } from '../../../config/mappingRows.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@desk-connect/plugin', 'deskconnect.values.list');

export default class ValuesList extends HomeCommand<ValueRow[]> {
  static override readonly summary = messages.getMessage('summary');
  static override readonly description = messages.getMessage('description');
  static override readonly examples = messages.getMessages('examples');
  static override readonly flags = { ...HOME_FLAGS, pair: PAIR_FLAG() };

  async run(): Promise<ValueRow[]> {
    const { flags } = await this.parse(ValuesList);
    const { mappings } = await this.readHome(flags);
    const rows = valueRows(mappings.filter(({ pair }) => flags.pair === undefined || flags.pair === pair));
    if (rows.length === 0) this.log(messages.getMessage('none'));
    else await this.table(rows);
    return rows;
  }
}
