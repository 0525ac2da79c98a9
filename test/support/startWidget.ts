import { DEFAULT_SECTIONS, type Section } from '@desk-connect/bridge/core/widget/sections.js';
import type { Mapping } from '@desk-connect/bridge/core/config/syncConfig.js';
import { createLog } from '@desk-connect/bridge/service/log.js';
import { startWidgetServer } from '@desk-connect/bridge/service/widgetServer.js';
import { deskWidget } from '@desk-connect/bridge/desk/widget.js';
import type { DeskWidget, WidgetKeys } from '@desk-connect/bridge/ports/deskWidget.js';
import { openingKey } from '@desk-connect/bridge/desk/widgetSignature.js';
import type { BridgeInProcess } from './bridgeInProcess.ts';
import { assign } from './preparedOrg.ts';
import { deployTo } from './deployTo.ts';
import { accessXml } from './fieldFiles.ts';
import type { World } from './world.ts';

const SECRET = 'a widget secret of this test';

export type Widget = {
  readonly url: string;
  readonly key: { readonly secret: string; readonly site: string };
  /** What it logged, a line each. */
  readonly logged: string[];
  /** What it asked of both sides, in order. */
  readonly asked: string[];
  /** The address that Desk's integration URL has for a case. */
  opening(caseId: number | string): string;
  close(): Promise<void>;
};

export type WidgetSettings = {
  readonly mappings?: readonly Mapping[];
  readonly sections?: readonly Section[];
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  readonly enabled?: boolean;
  /** Of another Desk site than the world's. */
  readonly site?: string;
  /** Of another kind of desk. */
  readonly entrance?: { readonly widget: DeskWidget; readonly app: WidgetKeys['app'] };
};

/** The widget over a bridge that runs in this process, for the site of the world's Desk. */
export async function startWidget(
  world: World,
  { engine, health }: BridgeInProcess,
  {
    mappings = [],
    sections = DEFAULT_SECTIONS,
    now = engine.now,
    enabled = true,
    site = new URL(world.desk.url).origin,
    entrance = { widget: deskWidget, app: null },
  }: WidgetSettings = {},
): Promise<Widget> {
  const logged: string[] = [];
  const asked: string[] = [];
  const key = { secret: SECRET, site };
  const server = await startWidgetServer({
    site,
    routes: entrance.widget.routes({ ...key, previousSecret: null, app: entrance.app }) ?? [],
    words: entrance.widget.words,
    host: '127.0.0.1',
    port: 0,
    engine: {
      ...engine,
      org: recorded(engine.org, ['look', 'describe'], asked),
      desk: recorded(engine.desk, ['read'], asked),
      now,
      active: () => ({ ...engine.active(), enabled }),
    },
    mappings: () => mappings,
    sections,
    instanceUrl: world.org.url,
    log: createLog('info', [SECRET], { write: (line) => void logged.push(line) }),
    health,
    onView: () => undefined,
  });
  const url = `http://127.0.0.1:${server.port}`;
  return {
    url,
    key,
    logged,
    asked,
    opening: (caseId) => `${url}/widget/open?case=${caseId}&key=${openingKey(key)}`,
    close: () => server.close(),
  };
}

/** A mapping of a field that is only shown. */
export const display = (pair: Mapping['pair'], salesforce: string): Mapping => ({
  pair,
  salesforce,
  desk: 'none',
  direction: 'off',
  owner: null,
  display: true,
  values: [],
});

/** The same port, with the names of these calls noted. */
function recorded<T extends object>(port: T, names: readonly (keyof T & string)[], asked: string[]): T {
  return new Proxy(port, {
    get: (target, name) => {
      if (names.some((one) => one === name)) asked.push(String(name));
      return Reflect.get(target, name) as unknown;
    },
  });
}

/** Lets the bridge's user read opportunities, and further fields, as an admin does for the widget. */
export async function letReadForWidget(world: World, fields: readonly string[]): Promise<void> {
  const name = 'Widget_Fields';
  const readable = ['Opportunity.AccountId', 'Opportunity.Amount', ...fields];
  const problems = await deployTo(world.salesforce, {
    [`permissionsets/${name}.permissionset`]: accessXml([], readable, ['Opportunity']),
  });
  if (problems.length > 0) throw new Error(problems.join('\n'));
  const { org } = world.org;
  assign(org, name, org.userId('bridge@local.test'));
}
