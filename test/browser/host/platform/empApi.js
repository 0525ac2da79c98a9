import { CometD } from 'cometd';

const PLACE = '/cometd/65.0';
const replays = new Map();
const onErrors = [];
let connection;

/** One connection a page, as with the platform, made when the first component subscribes. */
function connect() {
  connection ??= new Promise((resolve, reject) => {
    const cometd = new CometD();
    cometd.unregisterTransport('websocket');
    // The page lets no worker in, and its timers are the test's to move.
    cometd.configure({
      url: PLACE,
      appendMessageTypeToURL: false,
      logLevel: 'error',
      useWorkerScheduler: false,
    });
    cometd.registerExtension('replay', {
      outgoing: (message) => {
        if (message.channel !== '/meta/subscribe') return message;
        const replay = Object.fromEntries(
          [message.subscription].flat().map((one) => [one, replays.get(one) ?? -1]),
        );
        return { ...message, ext: { ...message.ext, replay } };
      },
    });
    for (const channel of ['/meta/handshake', '/meta/connect', '/meta/subscribe'])
      cometd.addListener(channel, (message) => {
        if (!message.successful) onErrors.forEach((tell) => tell(message));
      });
    cometd.handshake((answer) => {
      if (answer.successful) return resolve(cometd);
      // Whoever subscribes next tries anew.
      connection = undefined;
      reject(answer);
    });
  });
  return connection;
}

export async function subscribe(channel, replayId, callback) {
  const cometd = await connect();
  replays.set(channel, replayId);
  return new Promise((resolve, reject) => {
    const handle = cometd.subscribe(channel, callback, (answer) =>
      answer.successful ? resolve({ id: answer.id, channel, replayId, handle }) : reject(answer),
    );
  });
}

export async function unsubscribe(subscription, callback) {
  const cometd = await connect();
  const answer = await new Promise((resolve) => cometd.unsubscribe(subscription.handle, resolve));
  callback?.(answer);
  return answer;
}

export const onError = (callback) => void onErrors.push(callback);
export const isEmpEnabled = () => Promise.resolve(true);
export const setDebugFlag = () => {};
