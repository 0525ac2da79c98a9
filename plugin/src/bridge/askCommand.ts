import { BRIDGE_FLAGS, BridgeCommand, RECORD_FLAG, type BridgeFlags } from './bridgeCommand.ts';

export type AskResult = { due: number };

export const ASK_FLAGS = { ...BRIDGE_FLAGS, record: RECORD_FLAG };

/** A command that asks the bridge to do something with one pair, as a link's Requested Action does. */
export abstract class AskCommand extends BridgeCommand<AskResult> {
  protected async ask(
    flags: BridgeFlags & { record: string },
    action: 'Sync Now' | 'Unlink' | 'Relink',
    done: string,
  ): Promise<AskResult> {
    const answer = await (
      await this.bridge(flags)
    ).post<AskResult>('/control/ask', { record: flags.record, action });
    this.log(done);
    return answer;
  }
}
