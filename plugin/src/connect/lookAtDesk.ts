import type { DeskFinding } from '@desk-connect/bridge/desks/deskType.js';
import { isConfigured } from '../bridge/bridgeFiles.ts';
import type { Shown } from '../ux/findings.ts';

const GROUP = 'Help desk';

/**
 * What is looked at on the desk's side, with the credentials that the bridge has; null where nothing says how to
 * reach it. That it cannot be reached is a finding too.
 */
export async function lookAtDesk(folder: string): Promise<readonly Shown[] | null> {
  if (!isConfigured(folder)) return null;
  // The clients of the help desks: only who asks them loads them.
  const [{ bridgeDesk }, { DESKS }] = await Promise.all([
    import('../bridge/bridgeConfig.ts'),
    import('@desk-connect/bridge/desks/desks.js'),
  ]);
  try {
    const site = bridgeDesk(folder);
    return (await DESKS[site.kind].look(site)).map(asShown);
  } catch (error) {
    return [
      asShown({
        id: 'desk-access',
        title: 'The bridge gets to the help desk',
        state: 'blocked',
        evidence: error instanceof Error ? error.message : String(error),
        remedy: 'Mend what it names, or connect again by "sf deskconnect connect".',
      }),
    ];
  }
}

const asShown = ({ id, title, ...finding }: DeskFinding): Shown => ({
  requirement: { id, title, group: GROUP },
  finding,
});
