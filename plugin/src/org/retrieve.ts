import { setTimeout as pause } from 'node:timers/promises';
import type { Connection } from '@salesforce/core';
import { failure } from '../errors.ts';
import type { Members } from './manifest.ts';
import type { Files } from './orgView.ts';
import { unzip } from './unzip.ts';

const FIRST_POLL_MS = 100;
const LONGEST_POLL_MS = 2_000;

/**
 * The components that the org has of those asked for, by their path in a package.
 * @throws RetrieveFailed, RetrieveTimedOut
 */
export async function retrieve(
  connection: Connection,
  members: readonly Members[],
  timeoutMs: number,
): Promise<Files> {
  const version = connection.getApiVersion();
  const { id } = await connection.metadata.retrieve({
    apiVersion: version,
    singlePackage: true,
    unpackaged: { types: members.filter((one) => one.members.length > 0), version },
  } as never);
  const deadline = Date.now() + timeoutMs;
  for (let wait = FIRST_POLL_MS; ; wait = Math.min(LONGEST_POLL_MS, wait * 1.5)) {
    const result = await connection.metadata.checkRetrieveStatus(id);
    if (String(result.done) === 'true') {
      if (result.status === 'Failed')
        throw failure('RetrieveFailed', [result.errorMessage ?? 'no reason given']);
      return unzip(Buffer.from(result.zipFile ?? '', 'base64'));
    }
    if (Date.now() > deadline) throw failure('RetrieveTimedOut', [Math.round(timeoutMs / 60_000)]);
    await pause(wait);
  }
}
