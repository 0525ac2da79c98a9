import type { OrgView } from '../org/orgView.ts';
import { parseXml, textOf } from '../merge/xml.ts';
import { ok, warning, type ChangeOf, type Finding, type Requirement } from './requirement.ts';
import { toDeploy } from './toDeploy.ts';

/** Entities that an org may select for change events without an add-on, over all channels. */
const SLOTS = 5;
/** Where there are too few slots, these come first. */
const ORDER = ['CaseChangeEvent', 'ContactChangeEvent', 'AccountChangeEvent'];
const CHANNEL = 'DeskConnect__chn';

type Member = { readonly change: ChangeOf<'deploy'>; readonly entity: string };

/** Members that are to be made, the most important first: those that the channel does not have yet. */
function missingMembers(view: OrgView): Member[] {
  const there = new Set(
    view.channelMembers.filter(({ channel }) => channel === CHANNEL).map(({ entity }) => entity),
  );
  return toDeploy(view, 'platformEventChannelMembers/')
    .map((change) => ({
      change,
      entity: textOf(parseXml(view.wanted.get(change.path) ?? '<x/>'), 'selectedEntity') ?? '',
    }))
    .filter(({ entity }) => !there.has(entity))
    .sort((a, b) => ORDER.indexOf(a.entity) - ORDER.indexOf(b.entity));
}

function check(view: OrgView): Finding {
  if (!view.features.changeEvents)
    return warning(
      'This org has no change events.',
      'Nothing is lost: the bridge polls for changes, and finds them within its poll interval.',
    );
  const channel = toDeploy(view, 'platformEventChannels/');
  const members = missingMembers(view);
  const selected = new Set(view.channelMembers.map(({ entity }) => entity));
  // An entity that is selected on another channel takes no further slot.
  let free = SLOTS - selected.size;
  const fitting = members.filter(({ entity }) => selected.has(entity) || free-- > 0);
  const left = members.filter((member) => !fitting.includes(member));
  const changes = [
    ...(fitting.length > 0 || members.length === 0 ? channel : []),
    ...fitting.map(({ change }) => change),
  ];
  if (changes.length > 0) {
    const without =
      left.length > 0
        ? `; no slot is left for ${left.map(({ entity }) => entity).join(', ')}, which will be polled`
        : '';
    return {
      state: 'missing',
      evidence: `not selected: ${fitting.map(({ entity }) => entity).join(', ') || CHANNEL}${without}`,
      changes,
    };
  }
  if (left.length === 0) return ok(ORDER.join(', '));
  return warning(
    `All ${SLOTS} change event slots are taken; the bridge polls for ${left.map(({ entity }) => entity).join(', ')}.`,
    'Nothing is lost, changes arrive later. To have them at once, free a slot in Setup, Change Data Capture, or buy the add-on.',
  );
}

export const channelRequirement: Requirement = {
  id: 'change-events',
  group: 'Objects and events',
  title: 'Change events of Case, Contact and Account',
  why: 'With them a change reaches Desk within a second; without them it is found by polling.',
  section: null,
  check,
};
