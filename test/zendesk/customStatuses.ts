import { flag, text, without, word, type Input } from './input.ts';
import { recordInvalid } from './problem.ts';
import type { CustomStatus, Status } from './records.ts';
import type { ZendeskState } from './state.ts';

const CATEGORIES = ['new', 'open', 'pending', 'hold', 'solved'] as const;

/** The status of each category that an account has from the start. */
export function addDefaultStatuses(state: ZendeskState): void {
  for (const [status_category, label] of [
    ['new', 'New'],
    ['open', 'Open'],
    ['pending', 'Pending'],
    ['hold', 'On-hold'],
    ['solved', 'Solved'],
  ] as const)
    state.add(state.tables.customStatuses, {
      ...state.stamps(),
      status_category,
      agent_label: label,
      end_user_label: label,
      active: true,
      default: true,
    });
}

export function createCustomStatus(state: ZendeskState, input: Input): CustomStatus {
  const category = word(input, 'status_category', CATEGORIES);
  if (!category) throw recordInvalid('status_category', 'Status category: cannot be blank', 'BlankValue');
  const changes = changesOf(state, input, null);
  if (changes.agent_label === undefined)
    throw recordInvalid('agent_label', 'Agent label: cannot be blank', 'BlankValue');
  return state.add(state.tables.customStatuses, {
    ...state.stamps(),
    status_category: category,
    agent_label: changes.agent_label,
    end_user_label: changes.end_user_label ?? changes.agent_label,
    active: changes.active ?? true,
    default: false,
  });
}

export function updateCustomStatus(state: ZendeskState, status: CustomStatus, input: Input): void {
  const changes = changesOf(state, input, status);
  if (changes.active === false && status.default)
    throw recordInvalid('active', 'A default status cannot be deactivated', 'InvalidValue');
  state.change(status, changes);
}

function changesOf(state: ZendeskState, input: Input, own: CustomStatus | null): Partial<CustomStatus> {
  const label = text(input, 'agent_label', 48)?.trim();
  if (
    label !== undefined &&
    state.tables.customStatuses.some((one) => one !== own && one.agent_label === label)
  )
    throw recordInvalid('agent_label', `Agent label: ${label} has already been taken`, 'DuplicateValue');
  return without({
    agent_label: label,
    end_user_label: text(input, 'end_user_label', 48) ?? undefined,
    active: flag(input, 'active'),
  });
}

/** The custom status that a ticket has with a status; closed tickets keep theirs. */
export function defaultFor(state: ZendeskState, status: Status): CustomStatus {
  const category = status === 'closed' ? 'solved' : status;
  const found = state.tables.customStatuses.find((one) => one.status_category === category && one.default);
  if (!found) throw new Error(`no default status for ${category}`);
  return found;
}
