import { org, write } from './org.js';

export async function updateRecord({ fields }) {
  await write(fields);
}

export async function notifyRecordUpdateAvailable(records) {
  (org.notified ??= []).push(...records);
}
