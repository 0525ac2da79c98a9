import { Messages } from '@salesforce/core/messages';
import { fieldPairs, unmappable } from '@desk-connect/bridge/core/config/fieldPairs.js';
import { HOME_FLAGS, HomeCommand, PAIR_FLAG } from '../../../config/homeCommand.ts';
import { readDescribes } from '../../../config/readDescribes.ts';
import { DEFAULT_CONFIG } from '@desk-connect/bridge/core/config/syncConfig.js';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@desk-connect/plugin', 'deskconnect.mapping.fields');

export type MappingFieldsResult = {
  pairs: ReturnType<typeof fieldPairs>;
  unmappable: ReturnType<typeof unmappable>;
};

export default class MappingFields extends HomeCommand<MappingFieldsResult> {
  static override readonly summary = messages.getMessage('summary');
  static override readonly description = messages.getMessage('description');
  static override readonly examples = messages.getMessages('examples');
  static override readonly flags = { ...HOME_FLAGS, pair: PAIR_FLAG({ required: true }) };

  async run(): Promise<MappingFieldsResult> {
    const { flags } = await this.parse(MappingFields);
    const describes = await readDescribes(this.describeSource(flags), DEFAULT_CONFIG);
    const pairs = fieldPairs(flags.pair, describes);
    const others = unmappable(flags.pair, describes);
    await this.table(
      pairs.map(({ loss, ...pair }) => ({ ...pair, loss: loss ?? '' })),
      messages.getMessage('pairs'),
    );
    await this.table([...others], messages.getMessage('unmappable'));
    return { pairs: [...pairs], unmappable: [...others] };
  }
}
