// Writes the table of requirements into the README, from the list that doctor and setup work by.
import { readFileSync, writeFileSync } from 'node:fs';
import { requirementTable, withTable } from '@desk-connect/plugin/requirements/requirementTable.js';

const readme = readFileSync('README.md', 'utf8');
writeFileSync('README.md', withTable(readme, requirementTable()));
