import { write } from './org.js';

export async function updateRecord({ fields }) {
  await write(fields);
}
