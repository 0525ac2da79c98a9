import type { DeskKind, Vocabulary } from '../core/vocabulary/vocabulary.ts';
import type { DeskHook } from '../ports/deskHook.ts';
import type { DeskWidget } from '../ports/deskWidget.ts';
import type { HelpDesk } from '../ports/helpDesk.ts';

/** One variable of the environment that a log-in takes. */
export type LogInVariable = {
  readonly name: string;
  /** Whoever knows it can log in. */
  readonly secret: boolean;
  /** Goes into a header as it is: one that cannot is refused. */
  readonly isToken?: true;
};

/** What a log-in takes, by the variables of the environment that it comes from. */
export type Credentials = Readonly<Record<string, string>>;

/** A site of a help desk, and how the bridge logs in to it. */
export type DeskSite = {
  readonly kind: DeskKind;
  readonly url: string;
  readonly credentials: Credentials;
};

export type OpenOptions = {
  /** Whether the desk's own rules run for what the bridge writes, where the desk leaves that to us. */
  readonly rules: boolean;
  readonly signal: AbortSignal;
  readonly log?: (message: string) => void;
};

/** Whom a desk takes the bridge for. */
export type DeskUser = {
  readonly name: string;
  /** Why this user cannot do the bridge's work, and what to do about it; null where it can. */
  readonly lacks: { readonly why: string; readonly remedy: string } | null;
};

/** What was looked at on the desk's side, and what was found. `blocked` stops the sync, `warning` does not. */
export type DeskFinding = { readonly id: string; readonly title: string } & (
  | { readonly state: 'ok'; readonly evidence: string }
  | { readonly state: 'blocked' | 'warning'; readonly evidence: string; readonly remedy: string }
);

/** What has to be known of a kind of help desk before one of them is opened. */
export type DeskType = {
  readonly vocabulary: Vocabulary;
  /** The ways to log in, each by its variables; the first one that has all of them is taken. */
  readonly logIns: readonly (readonly LogInVariable[])[];
  /** The bridge can tell the desk not to run its rules. */
  readonly silencesRules: boolean;
  /** How it tells the bridge of changes by itself. */
  readonly hook: DeskHook;
  /** How its agents come to the Salesforce widget. */
  readonly widget: DeskWidget;
  readonly open: (site: DeskSite, options: OpenOptions) => HelpDesk;
  /** @throws RequestFailed where the desk does not let the bridge in */
  readonly whoami: (site: DeskSite) => Promise<DeskUser>;
  /** Looks for what would keep the bridge from its work. Writes nothing. @throws RequestFailed */
  readonly look: (site: DeskSite) => Promise<readonly DeskFinding[]>;
};
