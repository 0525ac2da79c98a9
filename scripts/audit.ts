// Asks the registry for known faults of what we ship. Needs the network, so it is no part of "npm run check".
// Ends with 0 when there are none, with 1 when there are, and with 2 when the registry does not tell.
import { spawnSync } from 'node:child_process';

type Report = {
  readonly message?: string;
  readonly vulnerabilities?: Readonly<
    Record<string, { readonly severity: string; readonly range: string; readonly fixAvailable: unknown }>
  >;
};

const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], { encoding: 'utf8' });
let report: Report = {};
try {
  report = JSON.parse(stdout) as Report;
} catch {
  // Said below: without a report nothing is known.
}
const { vulnerabilities, message } = report;
if (!vulnerabilities) {
  console.log(`The registry does not tell, so nothing is known: ${message ?? 'no report'}`);
  console.log('Run it again where the registry of npm can be reached and takes requests for audits.');
  process.exit(2);
}
const found = Object.entries(vulnerabilities);
for (const [name, { severity, range, fixAvailable }] of found)
  console.log(`${severity}: ${name} ${range}${fixAvailable ? '; a fix is available' : ''}`);
console.log(found.length === 0 ? 'No known fault.' : `${found.length} packages have known faults.`);
process.exit(found.length === 0 ? 0 : 1);
