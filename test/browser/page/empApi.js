import { org } from './org.js';

const open = new Set();

export async function isEmpEnabled() {
  return !org.hasNoEvents;
}

export async function subscribe(channel, replayId, onMessage) {
  const subscription = { channel, onMessage };
  open.add(subscription);
  org.subscriptions = open.size;
  return subscription;
}

export async function unsubscribe(subscription) {
  open.delete(subscription);
  org.subscriptions = open.size;
}

/** An event comes, as the org would send it. */
globalThis.publish = (channel, payload) => {
  for (const one of open) if (one.channel === channel) one.onMessage({ data: { payload } });
};
