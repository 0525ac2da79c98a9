import { NO_WISHES, type OrgView } from '../org/orgView.ts';

/** An org of which nothing is known but that it is an Enterprise Edition; tests say the rest. */
export const EMPTY_VIEW: OrgView = {
  apiVersion: 65,
  edition: 'Enterprise Edition',
  isSandbox: false,
  features: {
    changeEvents: true,
    platformEvents: true,
    components: true,
    customMetadata: true,
    emailMessages: true,
  },
  apiCalls: { max: 100_000, remaining: 90_000 },
  personAccounts: false,
  wanted: new Map(),
  present: new Map(),
  channelMembers: [],
  flows: { ours: new Map(), active: 0, total: 0 },
  layouts: [],
  recordPages: null,
  duplicateRules: [],
  fields: new Map(),
  user: {
    id: '005',
    username: 'bridge@acme.test',
    active: true,
    frozen: false,
    profile: 'Minimum Access',
    profileFullName: 'Minimum Access',
    license: 'Salesforce Integration',
    permissionSets: ['Desk_Connect_Integration'],
    access: { objects: new Map(), editable: new Set(), permissions: new Set() },
  },
  tools: { node: '24.0.0', plugin: '0.1.0' },
  wishes: NO_WISHES,
};
