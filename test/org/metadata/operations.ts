import type { Org } from '../org.ts';
import { makeId } from '../records/ids.ts';
import { ADMIN } from '../seed.ts';
import { deploy, type DeployOptions, type DeployResult, type Message } from './deploy.ts';
import { retrieve, type Wanted } from './retrieve.ts';

type Retrieve = Awaited<ReturnType<typeof retrieve>>;
type Deploy = { readonly options: DeployOptions; readonly result: DeployResult; readonly at: string };

/** The asynchronous operations of an org, by their ids. */
export class Operations {
  readonly #org: Org;
  readonly #deploys = new Map<string, Deploy>();
  readonly #retrieves = new Map<string, Retrieve>();
  #count = 0;

  constructor(org: Org) {
    this.#org = org;
  }

  #id(prefix: string): string {
    this.#count += 1;
    return makeId(prefix, this.#count);
  }

  async deploy(zip: Buffer, options: DeployOptions): Promise<string> {
    const id = this.#id('0Af');
    this.#deploys.set(id, {
      options,
      result: await deploy(this.#org, zip, options),
      at: new Date(this.#org.now()).toISOString(),
    });
    return id;
  }

  /** The status of a deployment as the API tells it, or null for an unknown id. */
  deployStatus(id: string): Record<string, unknown> | null {
    const found = this.#deploys.get(id);
    if (!found) return null;
    const { options, result, at } = found;
    const done = result.messages.filter((message) => message.success);
    const failed = result.messages.filter((message) => !message.success);
    const shown = (message: Message) => ({
      ...message,
      createdDate: at,
      id: '',
      ...(message.problem === undefined ? {} : { problemType: message.success ? 'Warning' : 'Error' }),
    });
    return {
      id,
      status: result.success ? 'Succeeded' : 'Failed',
      done: true,
      success: result.success,
      checkOnly: options.checkOnly,
      ignoreWarnings: true,
      rollbackOnError: options.rollbackOnError,
      runTestsEnabled: false,
      createdBy: this.#org.userId(ADMIN),
      createdByName: 'Local Admin',
      createdDate: at,
      startDate: at,
      completedDate: at,
      lastModifiedDate: at,
      numberComponentsTotal: result.messages.length - 1,
      numberComponentsDeployed: done.length - 1,
      numberComponentErrors: failed.length,
      numberTestsTotal: 0,
      numberTestsCompleted: 0,
      numberTestErrors: 0,
      details: {
        componentSuccesses: done.map(shown),
        componentFailures: failed.map(shown),
        runTestResult: { numFailures: 0, numTestsRun: 0, totalTime: 0 },
      },
    };
  }

  async retrieve(wanted: readonly Wanted[], version: string): Promise<string> {
    const id = this.#id('09S');
    this.#retrieves.set(id, await retrieve(this.#org, wanted, version));
    return id;
  }

  retrieveStatus(id: string): Record<string, unknown> | null {
    const found = this.#retrieves.get(id);
    if (!found) return null;
    const at = new Date(this.#org.now()).toISOString();
    return {
      id,
      done: true,
      status: 'Succeeded',
      success: true,
      fileProperties: found.files.map((file) => ({ ...file, ...stamps(at) })),
      messages: found.missing.map((problem) => ({ fileName: 'unpackaged/package.xml', problem })),
      zipFile: found.zip.toString('base64'),
    };
  }
}

/** What the API says of every file. */
export const stamps = (at: string) => ({
  createdById: '0059X0000000001QAA',
  createdByName: 'Local Admin',
  createdDate: at,
  id: '',
  lastModifiedById: '0059X0000000001QAA',
  lastModifiedByName: 'Local Admin',
  lastModifiedDate: at,
  manageableState: 'unmanaged',
});
