import up from '@salesforce/label/c.DeskSync_BridgeUp';
import trouble from '@salesforce/label/c.DeskSync_BridgeTrouble';
import troubleHint from '@salesforce/label/c.DeskSync_BridgeTroubleHint';
import off from '@salesforce/label/c.DeskSync_BridgeOff';
import offHint from '@salesforce/label/c.DeskSync_BridgeOffHint';
import silent from '@salesforce/label/c.DeskSync_BridgeSilent';
import silentHint from '@salesforce/label/c.DeskSync_BridgeSilentHint';
import partUp from '@salesforce/label/c.DeskSync_PartUp';
import partStarting from '@salesforce/label/c.DeskSync_PartStarting';
import partDown from '@salesforce/label/c.DeskSync_PartDown';
import { badge, lookUp, type Badge } from 'c/deskSync';

type BridgeState = { readonly badge: Badge; readonly hint: string };

/** The bridge writes every five minutes; after three times in vain something is wrong. */
const SILENT_MS = 15 * 60_000;

const SILENT: BridgeState = { badge: badge(silent, 'error', 'error'), hint: silentHint };
const BY_STATE: Readonly<Record<string, BridgeState>> = {
  Up: { badge: badge(up, 'success', 'success'), hint: '' },
  Trouble: { badge: badge(trouble, 'warning', 'warning'), hint: troubleHint },
  'Switched Off': { badge: badge(off, 'ban', ''), hint: offHint },
};

/**
 * How the bridge is doing. What it says of itself counts only while it is heard of.
 * @param seen when it wrote last, ISO 8601
 * @param now milliseconds since 1970
 */
export function bridgeState(state: string | null, seen: string | null, now: number): BridgeState {
  if (seen === null || now - Date.parse(seen) > SILENT_MS) return SILENT;
  return lookUp(BY_STATE, state) ?? { badge: badge(state ?? '', 'info', ''), hint: '' };
}

const BY_PART_STATE: Readonly<Record<string, Badge>> = {
  up: badge(partUp, 'success', 'success'),
  starting: badge(partStarting, 'clock', ''),
  down: badge(partDown, 'error', 'error'),
};

/** How a part of the bridge is doing. */
export function partBadge(state: string): Badge {
  return lookUp(BY_PART_STATE, state) ?? badge(state, 'info', '');
}
