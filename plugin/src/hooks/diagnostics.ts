import { ConfigAggregator, Lifecycle, Org, OrgConfigProperties } from '@salesforce/core';
import { NO_WISHES } from '../org/orgView.ts';
import { readOrg } from '../org/readOrg.ts';
import { isUnmet, planOf } from '../plan/plan.ts';
import { REQUIREMENTS } from '../requirements/requirements.ts';

/** What `sf doctor` hands to the hook of a plugin, as far as we use it. */
type SfDoctor = { addSuggestion(suggestion: string): void };

const TIMEOUT_MS = 5 * 60_000;
const STATUS = { ok: 'pass', missing: 'fail', blocked: 'fail', warning: 'warn' } as const;

/** Adds our checks of the default org to `sf doctor`. */
export const hook = async ({ doctor }: { doctor: SfDoctor }): Promise<void> => {
  const emit = (testName: string, status: string) =>
    Lifecycle.getInstance().emit('Doctor:diagnostic', {
      testName: `[@desk-connect/plugin] ${testName}`,
      status,
    });
  const target = (await ConfigAggregator.create()).getPropertyValue(OrgConfigProperties.TARGET_ORG);
  if (typeof target !== 'string') {
    await emit('no default org to check', 'unknown');
    return;
  }
  try {
    const org = await Org.create({ aliasOrUsername: target });
    const view = await readOrg({
      connection: org.getConnection(),
      username: org.getUsername() ?? '',
      timeoutMs: TIMEOUT_MS,
      wishes: NO_WISHES,
    });
    const { checked } = planOf(view, REQUIREMENTS);
    for (const { requirement, finding } of checked) await emit(requirement.title, STATUS[finding.state]);
    if (checked.some(isUnmet))
      doctor.addSuggestion(
        `Run "sf deskconnect doctor --target-org ${target}" to see what Desk Connect lacks.`,
      );
  } catch (error) {
    await emit(`${target} could not be checked`, 'unknown');
    doctor.addSuggestion(error instanceof Error ? error.message : String(error));
  }
};
