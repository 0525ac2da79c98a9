/** How a full sync stands, as the bridge's page tells it. */
export type Sync = {
  startedAt: number;
  readAt: number | null;
  read: Record<string, { salesforce: number; desk: number }>;
  waiting: number;
};
export type Report = {
  objects: Record<string, Record<string, number>>;
  cost: { salesforceCalls: number; deskCalls: number; minutes: number; events: number };
  left: { calls: number; events: number | null };
};
export type Preview = { state: string; records: number; report?: Report; message?: string };
export type FullSyncAnswer = { sync: Sync | null; preview: Preview | null };
