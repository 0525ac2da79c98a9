import type { Logger } from 'pino';
import type { Mapping } from '../core/config/syncConfig.ts';
import { RequestFailed, type Failure } from '../core/failure.ts';
import type { Plan, Root } from '../core/widget/plan.ts';
import type { Refusal } from '../core/widget/refusal.ts';
import { lookupsOf, objectsOf, planView } from '../core/widget/planView.ts';
import type { Section } from '../core/widget/sections.ts';
import type { View } from '../core/widget/view.ts';
import type { Engine } from '../engine/engine.ts';
import { WidgetDescribes } from './widgetDescribes.ts';

export type WidgetSources = {
  readonly engine: Pick<Engine, 'org' | 'desk' | 'store' | 'active' | 'now'>;
  /** As an admin has set them: what is displayed. */
  readonly mappings: () => readonly Mapping[];
  readonly sections: readonly Section[];
  /** The org's own address, for links. */
  readonly instanceUrl: string;
  readonly log: Logger;
};
export type WidgetAnswer =
  { readonly shown: true; readonly view: View } | { readonly shown: false; readonly refusal: Refusal };

/** The part of Desk's requests a minute that no page touches. */
const FOR_SYNC = 0.5;

const refused = (refusal: Refusal): WidgetAnswer => ({ shown: false, refusal });

/** Reads what is shown of a case: one call to Salesforce, and one to Desk where the case is not linked. */
export function widgetReader(sources: WidgetSources): (caseId: string) => Promise<WidgetAnswer> {
  const { engine, log } = sources;
  const describes = new WidgetDescribes(engine.org, engine.now);
  const told = new Set<string>();
  const tellOnce = (what: string, detail: object, message: string) => {
    if (told.has(what)) return;
    told.add(what);
    log.warn(detail, message);
  };

  async function view(root: Root): Promise<WidgetAnswer> {
    const plan = await planned(root);
    for (const { name, isChosen } of plan.missing)
      if (isChosen)
        tellOnce(
          name,
          { field: name },
          "the widget leaves out what the bridge's user does not see in Salesforce",
        );
    const looked = await engine.org.look(plan.looks);
    for (const [index, one] of looked.entries()) {
      if (one.outcome === 'found') continue;
      // A field that went away since it was described: the next page asks anew.
      if (one.failure.code === 'INVALID_FIELD' || one.failure.code === 'INVALID_TYPE') describes.forget();
      if (index === 0) throw new RequestFailed(one.failure);
      const { code, message } = one.failure;
      if (looked[0]?.outcome === 'found' && looked[0].records.length > 0)
        tellOnce(`${index} ${code}`, { code, detail: message }, 'Salesforce refuses a section of the widget');
    }
    const groups = plan.groups(looked);
    return groups === null ? refused('gone') : { shown: true, view: { groups, readAt: engine.now() } };
  }

  async function planned(root: Root): Promise<Plan> {
    const { sections, instanceUrl } = sources;
    const mappings = sources.mappings();
    const objects = objectsOf({ sections });
    const first = await describes.of(objects);
    const behind = lookupsOf({ mappings, sections, describes: first });
    const all = { ...first, ...(await describes.of(behind.filter((object) => !(object in first)))) };
    return planView({ root, mappings, sections, describes: all, instanceUrl });
  }

  return async (caseId) => {
    if (!engine.active().enabled) return refused('off');
    try {
      const root = await rootOf(engine, caseId);
      return typeof root === 'string' ? refused(root) : await view(root);
    } catch (error) {
      if (!(error instanceof RequestFailed)) throw error;
      const { code, message } = error.failure;
      log.warn({ code, detail: message }, 'the widget could not be read');
      return refused(refusalOf(error.failure));
    }
  };
}

/** A linked case leads to its records in Salesforce; any other case of Desk to those of its customer. */
async function rootOf(
  { store, desk, now }: WidgetSources['engine'],
  caseId: string,
): Promise<Root | Refusal> {
  const known = await store.find('case', 'desk', caseId);
  const linked = known?.pair.state === 'unlinked' ? null : known?.pair.salesforceId;
  if (linked) return { object: 'Case', id: linked };
  const { limit, left, windowEndsAt } = desk.rate();
  if (now() < windowEndsAt && left < limit * FOR_SYNC) return 'busy';
  const found = await readCase(desk, caseId);
  if (found === 'noDesk') return found;
  if (found?.pair !== 'case') return 'noCase';
  if (found.customerId === null) return 'noCustomer';
  const customer = await store.find('customer', 'desk', found.customerId);
  const contactId = customer?.pair.state === 'unlinked' ? null : customer?.pair.salesforceId;
  return contactId ? { object: 'Contact', id: contactId } : 'notLinked';
}

async function readCase(desk: Engine['desk'], caseId: string) {
  try {
    return (await desk.read('case', [caseId], () => true)).get(caseId) ?? null;
  } catch (error) {
    if (error instanceof RequestFailed) return 'noDesk';
    throw error;
  }
}

function refusalOf({ class: failureClass }: Failure): Refusal {
  switch (failureClass) {
    case 'permission':
      return 'noRight';
    case 'rateLimit':
      return 'spent';
    default:
      return 'noSalesforce';
  }
}
