// Writes what is made of the commands: their reference, their snapshot, and the JSON schemas of their results.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { referenceFiles } from './reference/referenceFiles.ts';

const files = await referenceFiles();
rmSync('plugin/schemas', { recursive: true, force: true });
mkdirSync('plugin/schemas');
for (const [path, text] of files) writeFileSync(path, text);
console.log(`${files.size} files were written; "git diff" shows what changed for those who use them`);
