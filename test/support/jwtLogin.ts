import { generateKeyPairSync } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { World } from './world.ts';

const CONSUMER_KEY = 'consumer-key';

/**
 * The environment of a bridge that logs in by JWT, so that its session can end and be renewed; the key is written to
 * that folder, for the owner alone.
 */
export function jwtLogin({ org }: World, folder: string): NodeJS.ProcessEnv {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const keyFile = join(folder, 'bridge.key');
  writeFileSync(keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600 });
  org.org.apps.set(CONSUMER_KEY, {
    consumerKey: CONSUMER_KEY,
    certificate: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    approved: null,
  });
  return {
    DESKCONNECT_SALESFORCE_ACCESS_TOKEN: '',
    DESKCONNECT_SALESFORCE_LOGIN_URL: org.url,
    DESKCONNECT_SALESFORCE_CLIENT_ID: CONSUMER_KEY,
    DESKCONNECT_SALESFORCE_USERNAME: 'bridge@local.test',
    DESKCONNECT_SALESFORCE_KEY_FILE: keyFile,
  };
}

/** Ends all sessions of an org, as a time-out does; the administrator's client here logs in again. */
export function endSessions({ org, salesforce }: World): void {
  org.org.sessions.expireAll();
  salesforce.accessToken = org.org.sessions.open(org.org.userId(org.username));
}
