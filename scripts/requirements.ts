// Writes the table of requirements into its page, from the list that doctor and setup work by.
import { readFileSync, writeFileSync } from 'node:fs';
import { requirementTable, withTable } from '@desk-connect/plugin/requirements/requirementTable.js';

const PAGE = 'docs/requirements.md';
writeFileSync(PAGE, withTable(readFileSync(PAGE, 'utf8'), requirementTable()));
