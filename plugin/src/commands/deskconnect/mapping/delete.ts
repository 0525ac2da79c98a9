import { Messages } from '@salesforce/core';
import { Flags } from '@salesforce/sf-plugins-core';
import { EDIT_FLAGS, EditCommand, type EditResult } from '../../../config/editCommand.ts';
import { PAIR_FLAG } from '../../../config/homeCommand.ts';
import { withoutMapping } from '../../../config/withMapping.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@desk-connect/plugin', 'deskconnect.mapping.delete');

export default class MappingDelete extends EditCommand {
  static override readonly summary = messages.getMessage('summary');
  static override readonly description = messages.getMessage('description');
  static override readonly examples = messages.getMessages('examples');
  static override readonly flags = {
    ...EDIT_FLAGS,
    pair: PAIR_FLAG({ required: true }),
    salesforce: Flags.string({ required: true, summary: messages.getMessage('flags.salesforce.summary') }),
    desk: Flags.string({ required: true, summary: messages.getMessage('flags.desk.summary') }),
  };

  async run(): Promise<EditResult> {
    const { flags } = await this.parse(MappingDelete);
    const { pair, salesforce, desk } = flags;
    return this.edit(flags, (config) => withoutMapping(config, { pair, salesforce, desk }));
  }
}
