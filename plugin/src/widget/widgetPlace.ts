import type { DeskSite } from '@desk-connect/bridge/desks/deskType.js';
import type { Config } from '@desk-connect/bridge/service/config.js';

/** For whom the widget is to be put where. */
export type WidgetAt = {
  readonly site: DeskSite;
  /** What the bridge serves now; null where it lacks what it takes. */
  readonly served: Config['widget'];
  /** Where the browsers of agents reach it. */
  readonly widgetUrl: URL;
  /** Of the bridge's files. */
  readonly folder: string;
};

/** What stands in the desk, or is to stand there. */
export type Prepared = {
  /** What the desk opens beside a case. */
  readonly markup: string;
  /** A file to be uploaded; null where the address is enough. */
  readonly file: string | null;
};
export type Put = {
  /** By which the desk knows it. */
  readonly id: string;
  readonly outcome: 'made' | 'changed' | 'unchanged';
};

/** How the widget comes into a kind of help desk. */
export type WidgetPlace = {
  /** What it is called there. */
  readonly name: string;
  /** Makes ready what an administrator puts into the desk by hand. @throws WidgetNotServed */
  readonly prepare: (at: WidgetAt) => Promise<Prepared>;
  /** Puts it there, or brings what an earlier run has made up to date. @throws DeskRefused */
  readonly put: (at: WidgetAt, prepared: Prepared) => Promise<Put>;
};
