import * as Flags from '@oclif/core/flags';
import { Messages } from '@salesforce/core/messages';
import { BRIDGE_FLAGS, BridgeCommand, RECORD_FLAG } from '../../bridge/bridgeCommand.ts';
import type { BridgeClient } from '../../bridge/bridgeClient.ts';
import type { Report, Sync as SyncState } from '../../fullSync/answers.ts';
import { recordsRead, reportRows } from '../../fullSync/reportLines.ts';
import { isDone, watchFullSync, watchPreview } from '../../fullSync/watch.ts';
import { MINUTE_MS } from '../../ux/minute.ts';
import { isLive } from '../../ux/terminal.ts';

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);
const messages = Messages.loadMessages('@desk-connect/plugin', 'deskconnect.sync');

export type SyncResult =
  | { kind: 'record'; due: number }
  | ({ kind: 'all'; done: boolean } & SyncState)
  | ({ kind: 'dryRun' } & Report);

type Progress = { read: string; waiting: string };
const READ = 'Read both sides';
const BRING = 'Bring in step';
/** Counts of hours would fill the log of a pipeline: there, one in five minutes says that it goes on. */
const COUNT = { type: 'dynamic-key-value', onlyShowAtEndInCI: true } as const;

export default class Sync extends BridgeCommand<SyncResult> {
  static override readonly summary = messages.getMessage('summary');
  static override readonly description = messages.getMessage('description');
  static override readonly examples = messages.getMessages('examples');
  static override readonly flags = {
    ...BRIDGE_FLAGS,
    record: Flags.string({ ...RECORD_FLAG, required: false, exactlyOne: ['record', 'all'] }),
    all: Flags.boolean({
      summary: messages.getMessage('flags.all.summary'),
      exactlyOne: ['record', 'all'],
    }),
    'dry-run': Flags.boolean({ summary: messages.getMessage('flags.dry-run.summary'), dependsOn: ['all'] }),
    wait: Flags.integer({
      char: 'w',
      min: 0,
      default: 60,
      summary: messages.getMessage('flags.wait.summary'),
    }),
  };

  async run(): Promise<SyncResult> {
    const { flags } = await this.parse(Sync);
    const bridge = await this.bridge(flags);
    const watch = { timeoutMs: flags.wait * MINUTE_MS, now: Date.now };
    if (flags['dry-run']) return this.#preview(bridge, watch);
    if (flags.all) return this.#everything(bridge, watch);
    const record = flags.record ?? '';
    const { due } = await bridge.post<{ due: number }>('/control/ask', { record, action: 'Sync Now' });
    this.log(messages.getMessage('done', [record]));
    return { kind: 'record', due };
  }

  async #preview(bridge: BridgeClient, watch: Parameters<typeof watchPreview>[1]): Promise<SyncResult> {
    const { spinner } = await this.framework();
    spinner.start(messages.getMessage('previewing'));
    const report = await watchPreview(bridge, watch, (records) => {
      if (isLive()) spinner.status = String(records);
    });
    spinner.stop();
    const { cost, left } = report;
    const rows = reportRows(report);
    if (rows.length === 0) this.log(messages.getMessage('previewEmpty'));
    else await this.table(rows, messages.getMessage('preview'));
    this.log(messages.getMessage('cost', [cost.salesforceCalls, left.calls, cost.deskCalls, cost.minutes]));
    if (left.events !== null) this.log(messages.getMessage('events', [cost.events, left.events]));
    return { kind: 'dryRun', ...report };
  }

  async #everything(bridge: BridgeClient, watch: Parameters<typeof watchFullSync>[1]): Promise<SyncResult> {
    // It draws in the terminal by React: half a second for whoever brings one record in step.
    const { MultiStageOutput } = await import('@oclif/multi-stage-output');
    const stages = new MultiStageOutput<Progress>({
      stages: [READ, BRING],
      title: messages.getMessage('title'),
      jsonEnabled: this.jsonEnabled(),
      stageSpecificBlock: [
        { ...COUNT, stage: READ, label: 'Records', get: (data) => data?.read },
        { ...COUNT, stage: BRING, label: 'Still to do', get: (data) => data?.waiting },
      ],
    });
    stages.goto(READ);
    const sync = await watchFullSync(bridge, watch, (state) => {
      const data = { read: String(recordsRead(state)), waiting: String(state.waiting) };
      if (state.readAt === null) stages.updateData(data);
      else stages.goto(BRING, data);
    }).catch((error: unknown) => {
      stages.error();
      throw error;
    });
    const done = isDone(sync);
    stages.stop(done ? 'completed' : 'async');
    this.log(messages.getMessage(done ? 'allDone' : 'goesOn', [recordsRead(sync)]));
    return { kind: 'all', done, ...sync };
  }
}
