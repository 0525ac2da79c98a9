/** A word with an icon and a colour: none of the three stands alone. */
export type Badge = {
  readonly text: string;
  readonly icon: string;
  readonly badgeClass: string;
};

/** @param theme of SLDS: success, warning, error; empty: none */
export function badge(text: string, icon: string, theme: string): Badge {
  return {
    text,
    icon: `utility:${icon}`,
    badgeClass: theme ? `slds-badge slds-theme_${theme}` : 'slds-badge',
  };
}
