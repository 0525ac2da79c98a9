import changes from '@salesforce/label/c.DeskSync_PartChanges';
import signals from '@salesforce/label/c.DeskSync_PartSignals';
import sweep from '@salesforce/label/c.DeskSync_PartSweep';
import poll from '@salesforce/label/c.DeskSync_PartPoll';
import engine from '@salesforce/label/c.DeskSync_PartEngine';
import config from '@salesforce/label/c.DeskSync_PartConfig';
import fullSync from '@salesforce/label/c.DeskSync_PartFullSync';
import log from '@salesforce/label/c.DeskSync_Log';
import seconds from '@salesforce/label/c.DeskSync_Seconds';
import minutes from '@salesforce/label/c.DeskSync_Minutes';
import hours from '@salesforce/label/c.DeskSync_Hours';
import { countText, fill, lookUp } from 'c/deskSync';
import type { Health } from './health';
import { partBadge } from './states';

const BY_NAME: Readonly<Record<string, string>> = {
  'stream /data/DeskConnect__chn': changes,
  'stream /event/Desk_Signal__e': signals,
  'salesforce sweep': sweep,
  'desk poll': poll,
  engine,
  config,
  'full sync': fullSync,
  'salesforce log': log,
};

/** The parts of the bridge as rows of a table; one that we do not know has the name that the bridge gives it. */
export function partRows(parts: Health['parts']) {
  return parts.map(({ name, state, since, detail, lagSeconds }) => ({
    key: name,
    name: lookUp(BY_NAME, name) ?? name,
    badge: partBadge(state),
    since,
    detail,
    lag: lagSeconds === null ? '' : durationText(lagSeconds),
  }));
}

function durationText(lag: number): string {
  if (lag < 120) return fill(seconds, countText(Math.round(lag)));
  if (lag < 7_200) return fill(minutes, countText(Math.round(lag / 60)));
  return fill(hours, countText(Math.round(lag / 3_600)));
}
