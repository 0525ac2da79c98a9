import { Messages } from '@salesforce/core';
import { Flags, SfCommand } from '@salesforce/sf-plugins-core';
import { bridgeClient, type BridgeClient } from './bridgeClient.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@desk-connect/plugin', 'bridge');

/** Flags of every command that talks to a bridge that runs. */
export const BRIDGE_FLAGS = {
  'bridge-url': Flags.string({
    summary: messages.getMessage('flags.bridge-url.summary'),
    default: 'http://127.0.0.1:8377',
  }),
  'data-dir': Flags.directory({
    summary: messages.getMessage('flags.data-dir.summary'),
    default: 'desk-connect/data',
    env: 'DESKCONNECT_DATA',
  }),
};

export const RECORD_FLAG = Flags.string({
  char: 'r',
  required: true,
  summary: messages.getMessage('flags.record.summary'),
});

/** A command that talks to a bridge. */
export abstract class BridgeCommand<T> extends SfCommand<T> {
  protected bridge(flags: { 'bridge-url': string; 'data-dir': string }): BridgeClient {
    return bridgeClient(flags['bridge-url'], flags['data-dir']);
  }
}
