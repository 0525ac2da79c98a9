import { flowLimit } from '../org/flowLimit.ts';
import type { OrgView } from '../org/orgView.ts';
import { missing, ok, warning, type Finding, type Requirement } from './requirement.ts';
import { nameOf, toDeploy } from './toDeploy.ts';

const WITHOUT =
  'Nothing is lost: without the flows the bridge finds requests and comments by its sweep. To have them at once, delete a flow that is not used.';

const ourFlows = ({ wanted }: OrgView) =>
  [...wanted.keys()].filter((path) => path.startsWith('flows/')).map(nameOf);

function deployed(view: OrgView): Finding {
  if (!view.features.platformEvents) return ok('not needed without platform events');
  const changes = toDeploy(view, 'flows/');
  const added = changes.filter((change) => change.isNew).length;
  const limit = flowLimit(view.edition);
  if (added > limit - view.flows.total)
    return warning(`${view.edition} takes ${limit} flows, and ${view.flows.total} are there.`, WITHOUT);
  if (changes.length === 0) return ok(ourFlows(view).join(', '));
  return missing(
    changes.map(({ path, isNew }) => `${nameOf(path)} ${isNew ? 'is missing' : 'differs'}`).join(', '),
    changes,
  );
}

/** In production a flow arrives inactive, so that nothing runs which nobody has switched on. */
function active(view: OrgView): Finding {
  if (deployed(view).state === 'warning') return ok('not deployed');
  const changed = new Set(toDeploy(view, 'flows/').map(({ path }) => nameOf(path)));
  const inactive = ourFlows(view).filter((name) => {
    const flow = view.flows.ours.get(name);
    return changed.has(name) || flow === undefined || flow.activeVersion !== flow.latestVersion;
  });
  if (inactive.length === 0) return ok(ourFlows(view).length === 0 ? 'not needed' : 'active');
  return missing(
    `not active: ${inactive.join(', ')}`,
    inactive.map((flow) => ({ kind: 'activateFlow' as const, flow })),
  );
}

export const FLOW_REQUIREMENTS: readonly Requirement[] = [
  {
    id: 'flows',
    group: 'Objects and events',
    title: 'The flows that signal',
    why: 'They tell the bridge at once of a requested action on a Desk Link or on its row, and of a new comment, e-mail or completed task of a case; and a page that its request was answered.',
    section: null,
    check: deployed,
  },
  {
    id: 'flow-activation',
    group: 'Objects and events',
    title: 'The flows are active',
    why: 'A flow that is deployed to production arrives inactive.',
    section: null,
    check: active,
  },
];
