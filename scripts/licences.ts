// Fails for a dependency that we ship and whose licence is not an allowed one. Needs no network.
import { isAllowedLicence } from './allowedLicence.ts';
import { shippedDependencies } from './shipped.ts';

const dependencies = shippedDependencies();
const refused = dependencies.filter(({ license }) => !isAllowedLicence(license));
for (const { name, version, license } of refused)
  console.log(
    `${name} ${version} has ${license ?? 'no licence'}. Take another package, or allow it with its reason (scripts/allowedLicence.ts).`,
  );
console.log(`${dependencies.length} dependencies are shipped, ${refused.length} of them refused`);
process.exit(refused.length === 0 && dependencies.length > 0 ? 0 : 1);
