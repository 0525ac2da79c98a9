import info from '@salesforce/label/c.DeskSync_Info';
import warning from '@salesforce/label/c.DeskSync_Warning';
import error from '@salesforce/label/c.DeskSync_Error';
import { badge, lookUp, type Badge } from 'c/deskSync';

const BY_LEVEL: Readonly<Record<string, Badge>> = {
  Info: badge(info, 'info', ''),
  Warning: badge(warning, 'warning', 'warning'),
  Error: badge(error, 'error', 'error'),
};

/** How serious an entry is, as a word, an icon and a colour. */
export function levelBadge(level: string | null): Badge {
  return lookUp(BY_LEVEL, level) ?? badge(level ?? '', 'info', '');
}
