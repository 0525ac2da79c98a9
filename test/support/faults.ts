type Match = { readonly method?: string; readonly path?: RegExp; readonly body?: RegExp };
type Action =
  | { readonly action: 'delay'; readonly ms: number }
  | {
      readonly action: 'status';
      readonly status: number;
      readonly body: unknown;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** The connection breaks before anything is done. */
  | { readonly action: 'dropBefore' }
  /** The work is done, and the answer lost. */
  | { readonly action: 'dropAfter' };
export type Fault = Action & {
  readonly match: Match;
  readonly times?: number;
  /** Called when it strikes, before the action. */
  readonly onStrike?: () => void;
};
type Request = { readonly method: string; readonly path: string; readonly body: Buffer };

/** Faults that tests have put in; each strikes `times` times (once by default) and is gone. */
export class Faults {
  readonly #faults: { fault: Fault; left: number }[] = [];

  add(fault: Fault): void {
    this.#faults.push({ fault, left: fault.times ?? 1 });
  }

  clear(): void {
    this.#faults.length = 0;
  }

  /** The fault that strikes this request, if one does. */
  take(request: Request): Fault | undefined {
    const hit = this.#faults.find(({ fault: { match }, left }) => left > 0 && matches(match, request));
    if (hit) hit.left -= 1;
    hit?.fault.onStrike?.();
    return hit?.fault;
  }
}

function matches(match: Match, request: Request): boolean {
  if (match.method !== undefined && match.method !== request.method) return false;
  if (match.path !== undefined && !match.path.test(request.path)) return false;
  return match.body === undefined || match.body.test(request.body.toString('utf8'));
}
