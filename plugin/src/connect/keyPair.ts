import { generate } from 'selfsigned';

const DAYS = 730;
const DAY_MS = 86_400_000;

export type KeyPair = { readonly privateKey: string; readonly certificate: string };

/** A new RSA key and a certificate for it, as PEM, good for two years from `now`. */
export async function newKeyPair(now: Date): Promise<KeyPair> {
  const pair = await generate([{ name: 'commonName', value: 'Desk Connect' }], {
    keySize: 2_048,
    algorithm: 'sha256',
    notBeforeDate: now,
    notAfterDate: new Date(now.getTime() + DAYS * DAY_MS),
  });
  return { privateKey: pair.private, certificate: pair.cert };
}
