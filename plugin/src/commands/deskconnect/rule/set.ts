import { Messages } from '@salesforce/core/messages';
import * as Flags from '@oclif/core/flags';
import { CONFLICT_RULES, DELETE_RULES, DIRECTIONS } from '@desk-connect/bridge/core/config/syncConfig.js';
import { changedRule } from '../../../config/changedRule.ts';
import { EDIT_FLAGS, EditCommand, type EditResult } from '../../../config/editCommand.ts';
import { PAIR_FLAG } from '../../../config/homeCommand.ts';
import { readDescribes } from '../../../config/readDescribes.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@desk-connect/plugin', 'deskconnect.rule.set');

const onOff = (name: string) =>
  Flags.boolean({ allowNo: true, summary: messages.getMessage(`flags.${name}.summary`) });

export default class RuleSet extends EditCommand {
  static override readonly summary = messages.getMessage('summary');
  static override readonly description = messages.getMessage('description');
  static override readonly examples = messages.getMessages('examples');
  static override readonly flags = {
    ...EDIT_FLAGS,
    pair: PAIR_FLAG({ required: true }),
    direction: Flags.option({
      options: DIRECTIONS,
      summary: messages.getMessage('flags.direction.summary'),
    })(),
    'create-in-salesforce': onOff('create-in-salesforce'),
    'create-in-desk': onOff('create-in-desk'),
    'update-in-salesforce': onOff('update-in-salesforce'),
    'update-in-desk': onOff('update-in-desk'),
    'salesforce-condition': Flags.string({
      summary: messages.getMessage('flags.salesforce-condition.summary'),
      exclusive: ['salesforce-row'],
    }),
    'salesforce-row': Flags.string({
      multiple: true,
      summary: messages.getMessage('flags.salesforce-row.summary'),
    }),
    'salesforce-logic': Flags.string({
      summary: messages.getMessage('flags.salesforce-logic.summary'),
      dependsOn: ['salesforce-row'],
    }),
    'desk-condition': Flags.string({
      summary: messages.getMessage('flags.desk-condition.summary'),
      exclusive: ['desk-row'],
    }),
    'desk-row': Flags.string({ multiple: true, summary: messages.getMessage('flags.desk-row.summary') }),
    'desk-logic': Flags.string({
      summary: messages.getMessage('flags.desk-logic.summary'),
      dependsOn: ['desk-row'],
    }),
    'record-type': Flags.string({ summary: messages.getMessage('flags.record-type.summary') }),
    conflict: Flags.option({
      options: CONFLICT_RULES,
      summary: messages.getMessage('flags.conflict.summary'),
    })(),
    'on-delete': Flags.option({
      options: DELETE_RULES,
      summary: messages.getMessage('flags.on-delete.summary'),
    })(),
  };

  async run(): Promise<EditResult> {
    const { flags } = await this.parse(RuleSet);
    const { pair } = flags;
    const hasRows = flags['salesforce-row'] !== undefined || flags['desk-row'] !== undefined;
    const { config } = await (await this.home(flags)).read();
    // The type of a field says how its values are written.
    const describes = hasRows ? await readDescribes(this.describeSource(flags), config) : null;
    return this.edit(flags, (current) => ({
      ...current,
      rules: { ...current.rules, [pair]: changedRule(pair, current.rules[pair], flags, describes) },
    }));
  }
}
