/** How the bridge is, as the picklist `Desk_Bridge__c.State__c` says it. */
export type BridgeState = 'Up' | 'Trouble' | 'Switched Off';

/** A part that does not work is told before the switch: it wants somebody to look at it. */
export function bridgeState(
  parts: readonly { readonly state: 'up' | 'starting' | 'down' }[],
  isSwitchedOff: boolean,
): BridgeState {
  if (parts.some(({ state }) => state === 'down')) return 'Trouble';
  return isSwitchedOff ? 'Switched Off' : 'Up';
}
