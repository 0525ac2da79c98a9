// The same relay over jsforce's streaming, which is CometD.
import { Connection } from '@jsforce/jsforce-node';
import { StreamingExtension } from '@jsforce/jsforce-node/lib/api/streaming.js';
import { carryingCases } from './carryCase.ts';
import { keptPosition } from './keptPosition.ts';
import { relaySettings } from './relaySettings.ts';

type Change = {
  readonly payload: { readonly ChangeEventHeader: { entityName: string; recordIds: string[] } };
  readonly event: { readonly replayId: number };
};

const CHANNEL = '/data/DeskConnect__chn';
const NEW_EVENTS = -1;

const settings = relaySettings();
const carry = await carryingCases(settings);
const position = keptPosition(settings.position);
const connection = new Connection({
  instanceUrl: settings.salesforceUrl,
  accessToken: settings.accessToken,
  version: '65.0',
});
const client = connection.streaming.createClient([
  new StreamingExtension.Replay(CHANNEL, Number(position.get() ?? NEW_EVENTS)),
] as never);

// A listener is not awaited: what comes meanwhile lines up behind it.
let line = Promise.resolve();
await client.subscribe(CHANNEL, ({ payload: { ChangeEventHeader }, event }: Change) => {
  line = line.then(async () => {
    if (ChangeEventHeader.entityName === 'Case')
      for (const id of ChangeEventHeader.recordIds) await carry(id);
    position.keep(String(event.replayId));
  });
});
process.send?.('ready');
