import type { Html } from '../core/widget/html.ts';
import type { Refusal } from '../core/widget/refusal.ts';
import type { Message } from '../core/widget/renderPage.ts';

/** What the bridge has been given to know the desk's agents by. */
export type WidgetKeys = {
  /** The origin of the desk's site, the only one that may frame the pages. */
  readonly site: string;
  readonly secret: string | null;
  /** Opens pages as well, while the desk is given what is made of the new one. */
  readonly previousSecret: string | null;
  /** An app in the desk, by its installation, and the key (PEM) that the desk signs for it with. */
  readonly app: { readonly installation: string; readonly publicKey: string } | null;
};

/** A request for one of the pages, as far as a desk's way in looks at it. */
export type WidgetRequest = {
  readonly params: Readonly<Record<string, unknown>>;
  readonly query: Readonly<Record<string, unknown>>;
  /** Empty where it sent none. */
  readonly form: URLSearchParams;
  /** Milliseconds since 1970. */
  readonly now: number;
};

export type WidgetStep =
  /** The page of this case. */
  | { readonly step: 'show'; readonly caseId: string }
  /** `to` is relative: a proxy may serve the pages below a path of its own. */
  | { readonly step: 'redirect'; readonly to: string }
  /** A page that holds no record and runs the scripts of the widget's own address. */
  | { readonly step: 'ask'; readonly title: string; readonly body: Html }
  | { readonly step: 'script'; readonly text: string }
  | { readonly step: 'refuse'; readonly refusal: Refusal };

export type WidgetRoute = {
  readonly method: 'GET' | 'POST';
  /** Below `/widget/`. */
  readonly path: string;
  readonly next: (request: WidgetRequest) => WidgetStep;
};

/** How agents of a kind of help desk come to the page of a case, and what they are told there. */
export type DeskWidget = {
  /** What the desk and its cases are called there, and what is said of a way in that is none, or none any more. */
  readonly words: {
    readonly desk: string;
    readonly case: string;
    readonly forged: Message;
    readonly expired: Message;
  };
  /** The way in; null where the keys lack what it takes. */
  readonly routes: (keys: WidgetKeys) => readonly WidgetRoute[] | null;
};
