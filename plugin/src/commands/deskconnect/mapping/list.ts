import { Messages } from '@salesforce/core/messages';
import { PAIRS } from '@desk-connect/bridge/core/pair.js';
import { HOME_FLAGS, HomeCommand, PAIR_FLAG } from '../../../config/homeCommand.ts';
import { mappingRows, shownRow, type MappingRow } from '../../../config/mappingRows.ts';
import { vocabularyOf } from '../../../config/readDescribes.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@desk-connect/plugin', 'deskconnect.mapping.list');

export default class MappingList extends HomeCommand<MappingRow[]> {
  static override readonly summary = messages.getMessage('summary');
  static override readonly description = messages.getMessage('description');
  static override readonly examples = messages.getMessages('examples');
  static override readonly flags = { ...HOME_FLAGS, pair: PAIR_FLAG() };

  async run(): Promise<MappingRow[]> {
    const { flags } = await this.parse(MappingList);
    const config = await this.readHome(flags);
    const vocabulary = vocabularyOf(this.describeSource(flags));
    const rows = PAIRS.filter((pair) => flags.pair === undefined || flags.pair === pair).flatMap((pair) =>
      mappingRows(pair, config, vocabulary),
    );
    await this.table(rows.map(shownRow));
    return rows;
  }
}
