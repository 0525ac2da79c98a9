import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { applyMetadata } from './metadata/applyMetadata.ts';
import type { Org } from './org.ts';
import type { StoredRecord } from './records/recordStore.ts';

type Saved = {
  readonly metadata: readonly (readonly [type: string, name: string, file: string])[];
  readonly records: Readonly<Record<string, readonly StoredRecord[]>>;
  readonly counters: Readonly<Record<string, number>>;
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
  for (const [object, count] of Object.entries(saved.counters)) org.records.setCounter(object, count);
}

/** Saves the org whole; the old file stays until the new one is complete. */
async function saveOrg(org: Org, folder: string): Promise<void> {
  const saved: Saved = {
    metadata: [...org.metadata].flatMap(([type, files]) =>
      [...files].map(([name, file]) => [type, name, file.toString('base64')] as const),
    ),
    counters: Object.fromEntries(org.records.counters),
    records: Object.fromEntries(
      org.schema.objects().map((object) => [object.name, [...org.records.rows(object.name).values()]]),
    ),
  };
  await mkdir(folder, { recursive: true });
  await writeFile(`${fileOf(folder)}.new`, JSON.stringify(saved));
  await rename(`${fileOf(folder)}.new`, fileOf(folder));
}

/** How long after a change the org is saved; changes that follow one another are saved together. */
const SAVE_AFTER_MS = 200;

/** Saves the org soon after each change, one saving at a time. What comes back saves what is left and ends it. */
export function keepSaved(org: Org, folder: string): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let saving = Promise.resolve();
  const save = () => {
    timer = undefined;
    saving = saving.then(() => saveOrg(org, folder));
  };
  org.listeners.committed.push(() => {
    timer ??= setTimeout(save, SAVE_AFTER_MS);
  });
  return async () => {
    clearTimeout(timer);
    save();
    await saving;
  };
}
