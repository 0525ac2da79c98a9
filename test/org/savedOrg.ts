import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { applyMetadata } from './metadata/applyMetadata.ts';
import type { Org } from './org.ts';
import type { StoredRecord } from './records/recordStore.ts';

type Saved = {
  readonly metadata: readonly (readonly [type: string, name: string, file: string])[];
  readonly records: Readonly<Record<string, readonly StoredRecord[]>>;
};

const fileOf = (folder: string) => join(folder, 'org.json');

/** Puts back what an earlier run saved: first the metadata, which makes the objects, then the records. */
export async function loadOrg(org: Org, folder: string): Promise<void> {
  let text: string;
  try {
    text = await readFile(fileOf(folder), 'utf8');
  } catch {
    return;
  }
  const saved = JSON.parse(text) as Saved;
  applyMetadata(
    org,
    saved.metadata.map(([type, name, file]) => ({ type, name, file: Buffer.from(file, 'base64') })),
  );
  for (const [object, records] of Object.entries(saved.records)) {
    // The metadata made rows of its own; the saved ones are those rows, with their ids.
    org.records.rows(object).clear();
    for (const record of records) org.records.restore(object, record);
  }
}

/** Saves the org whole; the old file stays until the new one is complete. */
export async function saveOrg(org: Org, folder: string): Promise<void> {
  const saved: Saved = {
    metadata: [...org.metadata].flatMap(([type, files]) =>
      [...files].map(([name, file]) => [type, name, file.toString('base64')] as const),
    ),
    records: Object.fromEntries(
      org.schema.objects().map((object) => [object.name, [...org.records.rows(object.name).values()]]),
    ),
  };
  await mkdir(folder, { recursive: true });
  await writeFile(`${fileOf(folder)}.new`, JSON.stringify(saved));
  await rename(`${fileOf(folder)}.new`, fileOf(folder));
}
