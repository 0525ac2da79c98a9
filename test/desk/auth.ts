import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import OAuth from 'oauth-1.0a';
import { DeskProblem } from './problem.ts';

export type Credentials = {
  readonly email: string;
  readonly password: string;
  readonly oauth: {
    readonly consumerKey: string;
    readonly consumerSecret: string;
    readonly token: string;
    readonly tokenSecret: string;
  };
};

const CLOCK_SKEW_S = 300;
const unauthorized = () => new DeskProblem(401, 'Unauthorized');

/** Checks who calls: Basic with an agent's e-mail and password, or OAuth 1.0a with a signature. */
export class Authenticator {
  readonly #credentials: Credentials;
  readonly #oauth: OAuth;
  readonly #nonces = new Set<string>();
  readonly #now: () => number;

  constructor(credentials: Credentials, now: () => number) {
    this.#credentials = credentials;
    this.#now = now;
    const { consumerKey: key, consumerSecret: secret } = credentials.oauth;
    this.#oauth = new OAuth({
      consumer: { key, secret },
      signature_method: 'HMAC-SHA1',
      hash_function: (base, signingKey) => createHmac('sha1', signingKey).update(base).digest('base64'),
    });
  }

  /** @throws 401 */
  check(request: IncomingMessage, base: string): void {
    const header = request.headers.authorization ?? '';
    if (header.startsWith('Basic ')) {
      const { email, password } = this.#credentials;
      if (!equal(Buffer.from(header.slice(6), 'base64').toString('utf8'), `${email}:${password}`))
        throw unauthorized();
      return;
    }
    if (!header.startsWith('OAuth ')) throw unauthorized();
    this.#checkOauth(header, request.method ?? 'GET', `${base}${request.url ?? ''}`);
  }

  #checkOauth(header: string, method: string, url: string): void {
    const sent = new Map(
      [...header.matchAll(/(oauth_\w+)="([^"]*)"/g)].map(([, name = '', value = '']) => [
        name,
        decodeURIComponent(value),
      ]),
    );
    const { oauth } = this.#credentials;
    const nonce = `${sent.get('oauth_nonce')} ${sent.get('oauth_timestamp')}`;
    const fresh = Math.abs(this.#now() / 1_000 - Number(sent.get('oauth_timestamp'))) <= CLOCK_SKEW_S;
    if (
      sent.get('oauth_consumer_key') !== oauth.consumerKey ||
      sent.get('oauth_token') !== oauth.token ||
      !fresh ||
      this.#nonces.has(nonce)
    )
      throw unauthorized();
    const signature = sent.get('oauth_signature') ?? '';
    sent.delete('oauth_signature');
    const parameters = Object.fromEntries(sent) as unknown as OAuth.Data;
    const expected = this.#oauth.getSignature({ url, method }, oauth.tokenSecret, parameters);
    if (!equal(signature, expected)) throw unauthorized();
    this.#nonces.add(nonce);
  }
}

function equal(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
