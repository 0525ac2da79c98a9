// Writes the project of the package for Professional Edition into dist/professional.
import { readFileSync, rmSync } from 'node:fs';
import { writeProfessionalProject } from './packages/professionalSource.ts';

rmSync('dist/professional', { recursive: true, force: true });
const project = JSON.parse(readFileSync('sfdx-project.json', 'utf8')) as Parameters<
  typeof writeProfessionalProject
>[1];
await writeProfessionalProject('force-app/main/default', project, 'dist/professional');
console.log('dist/professional is a project of its own: run "sf package" there');
