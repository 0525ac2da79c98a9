import { randomBytes } from 'node:crypto';
import type { EventBus } from '../events/eventBus.ts';
import { mayReceive } from '../events/mayReceive.ts';
import { bearer } from '../http/httpServer.ts';
import { ok, type Answer, type OrgRequest } from '../http/request.ts';
import { API_VERSION, route, type Params, type Route } from '../http/routes.ts';
import type { Org } from '../org.ts';
import { CometdClient, type Message } from './client.ts';

const FIRST_VERSION = 37;
const LONGEST_WAIT_MS = 110_000;

/** The Streaming API: Bayeux over long polling, from the same bus as the Pub/Sub API. */
export function cometdRoutes(bus: EventBus): readonly Route[] {
  const clients = new Map<string, CometdClient>();
  bus.onEvent.push(() => clients.forEach((client) => client.flush()));
  const handle = (org: Org, request: OrgRequest, { version = '' }: Params) =>
    answer(org, bus, clients, request, Number(version));
  return [route('POST', '/cometd/:version', handle), route('POST', '/cometd/:version/:type', handle)];
}

type Clients = Map<string, CometdClient>;

async function answer(
  org: Org,
  bus: EventBus,
  clients: Clients,
  request: OrgRequest,
  version: number,
): Promise<Answer> {
  if (version < FIRST_VERSION || version > API_VERSION)
    return { status: 400, body: 'Unsupported API version.' };
  const messages = messagesOf(request);
  if (messages === null) return { status: 400, body: 'The request is no Bayeux message.' };
  const answers: Message[] = [];
  for (const message of messages) {
    const given = { id: message['id'], channel: message['channel'] };
    for (const one of await reply(org, bus, clients, request, message))
      answers.push('data' in one ? one : { ...given, ...one });
  }
  return ok(answers);
}

/** A client sends one message or a list of them. */
function messagesOf(request: OrgRequest): Message[] | null {
  try {
    return [JSON.parse(request.body.toString('utf8')) as Message | Message[]].flat();
  } catch {
    return null;
  }
}

const failed = (error: string, reconnect: 'none' | 'handshake' | 'retry', more: Message = {}): Message[] => [
  { successful: false, error, advice: { reconnect, interval: 0 }, ...more },
];

async function reply(
  org: Org,
  bus: EventBus,
  clients: Clients,
  request: OrgRequest,
  message: Message,
): Promise<Message[]> {
  const token = bearer(request);
  const isHandshake = message['channel'] === '/meta/handshake';
  if (!org.sessions.has(token)) {
    const reason = token === '' ? '401::Request requires authentication' : '401::Authentication invalid';
    return isHandshake
      ? failed('403::Handshake denied', 'none', { ext: { sfdc: { failureReason: reason }, replay: true } })
      : failed(reason, 'none');
  }
  if (isHandshake) return handshake(org, bus, clients, org.sessions.userOf(token), message);
  const client = clients.get(String(message['clientId']));
  if (!client || client.isGone) {
    clients.delete(String(message['clientId']));
    return failed('403::Unknown client', 'handshake');
  }
  const { id: clientId } = client;
  switch (message['channel']) {
    case '/meta/connect':
      return connect(org, client, message);
    case '/meta/subscribe':
      return channelsOf(message).map((channel) => ({
        clientId,
        subscription: channel,
        ...subscribe(org, bus, client, channel, message),
      }));
    case '/meta/unsubscribe':
      return channelsOf(message).map((channel) => {
        client.unsubscribe(channel);
        return { clientId, subscription: channel, successful: true };
      });
    case '/meta/disconnect':
      client.end();
      clients.delete(clientId);
      return [{ clientId, successful: true }];
    default:
      return failed('403::denied_by_security_policy:create_denied', 'retry', { clientId });
  }
}

function handshake(org: Org, bus: EventBus, clients: Clients, userId: string, message: Message): Message[] {
  const types = (message['supportedConnectionTypes'] ?? []) as string[];
  if (!types.includes('long-polling'))
    return failed(`400::Invalid connection type ${types.join(', ')}`, 'none');
  const client = new CometdClient(org, bus, randomBytes(14).toString('hex'), userId);
  clients.set(client.id, client);
  return [
    {
      clientId: client.id,
      version: '1.0',
      minimumVersion: '1.0',
      supportedConnectionTypes: ['long-polling'],
      successful: true,
      ext: { replay: true },
    },
  ];
}

async function connect(org: Org, client: CometdClient, message: Message): Promise<Message[]> {
  if (org.limits.eventsLeft === 0)
    return failed('403::Organization total events daily limit exceeded', 'none', { clientId: client.id });
  const { timeout } = (message['advice'] ?? {}) as { timeout?: number };
  const events = await client.connect(Math.min(timeout ?? LONGEST_WAIT_MS, LONGEST_WAIT_MS));
  const advice = { reconnect: 'retry', interval: 0, timeout: LONGEST_WAIT_MS };
  return [...events, { clientId: client.id, successful: true, advice }];
}

const channelsOf = (message: Message): string[] => [message['subscription']].flat().map(String);

/** Subscribes from the place that the replay extension names: new events (-1, also without it), all kept (-2), or after one. */
function subscribe(
  org: Org,
  bus: EventBus,
  client: CometdClient,
  channel: string,
  message: Message,
): Message {
  const { replay = {} } = (message['ext'] ?? {}) as { replay?: Readonly<Record<string, number>> };
  const refused = (error: string) => ({ successful: false, error });
  const schema = bus.topicSchema(channel);
  const [, kind = '', name = ''] = channel.split('/');
  if (schema === null || !['event', 'data'].includes(kind))
    return refused(`400::The channel you requested to subscribe to does not exist {${channel}}`);
  if (schema !== undefined && !mayReceive(org, client.userId, name))
    return refused(`403::You do not have permission to subscribe to the channel {${channel}}`);
  const from = replay[channel] ?? -1;
  if (from >= 0 && !bus.knows(from))
    return refused(
      `400::The replayId {${from}} you provided was invalid. Please provide a valid ID, -2 to replay all events, or -1 to replay only new events.`,
    );
  client.subscribe(channel, from === -1 ? bus.last : from === -2 ? bus.earliest : from);
  return { successful: true };
}
