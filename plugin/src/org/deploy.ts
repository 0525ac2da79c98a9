import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Connection } from '@salesforce/core';
import { failure } from '../errors.ts';
import { packageXml, type Members } from './manifest.ts';
import type { Files } from './orgView.ts';

const POLL_MS = 500;

/** What a deployment brings and takes away. */
export type Content = {
  readonly files: Files;
  readonly members: readonly Members[];
  /** Removed before the files are applied, and after; what others refer to comes last. */
  readonly removedFirst?: readonly Members[];
  readonly removedLast?: readonly Members[];
};

/**
 * Deploys in one package, all or nothing. With `checkOnly` Salesforce validates and writes nothing. Content that
 * is empty is not sent.
 * @throws DeployFailed with each component and Salesforce's own words
 */
export async function deploy(
  connection: Connection,
  content: Content,
  options: { checkOnly: boolean; timeoutMs: number },
): Promise<void> {
  const { files, members, removedFirst = [], removedLast = [] } = content;
  if (files.size + removedFirst.length + removedLast.length === 0) return;
  const version = connection.getApiVersion();
  // Both load much: only who deploys pays for it.
  const [{ default: JSZip }, { MetadataApiDeploy }] = await Promise.all([
    import('jszip'),
    import('@salesforce/source-deploy-retrieve'),
  ]);
  const zip = new JSZip();
  for (const [path, text] of files) zip.file(path, text);
  zip.file('package.xml', packageXml(members, version));
  if (removedFirst.length > 0) zip.file('destructiveChangesPre.xml', packageXml(removedFirst, version));
  if (removedLast.length > 0) zip.file('destructiveChangesPost.xml', packageXml(removedLast, version));
  const folder = mkdtempSync(join(tmpdir(), 'deskconnect-'));
  try {
    const zipPath = join(folder, 'package.zip');
    writeFileSync(zipPath, await zip.generateAsync({ type: 'nodebuffer' }));
    const job = new MetadataApiDeploy({
      usernameOrConnection: connection,
      zipPath,
      apiOptions: { rollbackOnError: true, singlePackage: true, checkOnly: options.checkOnly },
    });
    await job.start();
    const { response } = await job.pollStatus(POLL_MS, options.timeoutMs / 1_000);
    if (response.success) return;
    const failures = [response.details.componentFailures ?? []].flat();
    const lines = failures.map(
      (one) => `${one.componentType ?? 'Component'} ${one.fullName}: ${one.problem ?? 'no reason given'}`,
    );
    throw failure('DeployFailed', [lines.join('\n') || response.errorMessage || response.status]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
