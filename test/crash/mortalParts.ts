import { decide as decideTruly } from '@desk-connect/bridge/core/decide.js';
import { createDesk as createDeskTruly } from '@desk-connect/bridge/desk/createDesk.js';
import { connectOrg as connectOrgTruly } from '@desk-connect/bridge/salesforce/connectOrg.js';
import { openWithClock as openTruly } from '@desk-connect/bridge/service/sharedClock.js';
import { migrate as migrateTruly } from '@desk-connect/bridge/store/database.js';
import { createZendesk as createZendeskTruly } from '@desk-connect/bridge/zendesk/createZendesk.js';
import { asStep, asStepNow, mortalDesk, mortalOrg, mortalStore } from './failpoints.ts';

// Under the names of the parts in whose place they are put.

export const decide: typeof decideTruly = (situation) => asStepNow('decide', () => decideTruly(situation));
export const createDesk: typeof createDeskTruly = (options) => mortalDesk(createDeskTruly(options));
export const createZendesk: typeof createZendeskTruly = (options) => mortalDesk(createZendeskTruly(options));
export const connectOrg: typeof connectOrgTruly = async (options) => {
  const connection = await connectOrgTruly(options);
  return { ...connection, org: mortalOrg(connection.org) };
};
export const openWithClock: typeof openTruly = async (location, own) => {
  const { store, now } = await openTruly(location, own);
  return { store: mortalStore(store), now };
};
export const migrate: typeof migrateTruly = (...given) => asStep(['migration'], () => migrateTruly(...given));
