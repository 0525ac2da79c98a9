import { createHmac } from 'node:crypto';
import OAuth from 'oauth-1.0a';

export type DeskAuth =
  | { readonly kind: 'basic'; readonly email: string; readonly password: string }
  | {
      readonly kind: 'oauth';
      readonly consumerKey: string;
      readonly consumerSecret: string;
      readonly token: string;
      readonly tokenSecret: string;
    };

/**
 * Makes the Authorization header of one request: Basic, or OAuth 1.0a with HMAC-SHA1 over method, URL and time.
 * @param now Desk's clock, in milliseconds since 1970
 */
export function authorizer(
  auth: DeskAuth,
  now: () => number = Date.now,
): (method: string, url: string) => string {
  if (auth.kind === 'basic') {
    const header = `Basic ${Buffer.from(`${auth.email}:${auth.password}`).toString('base64')}`;
    return () => header;
  }
  const oauth = new OAuth({
    consumer: { key: auth.consumerKey, secret: auth.consumerSecret },
    signature_method: 'HMAC-SHA1',
    hash_function: (base, key) => createHmac('sha1', key).update(base).digest('base64'),
  });
  oauth.getTimeStamp = () => Math.floor(now() / 1_000);
  const token = { key: auth.token, secret: auth.tokenSecret };
  return (method, url) => oauth.toHeader(oauth.authorize({ method, url }, token)).Authorization;
}
