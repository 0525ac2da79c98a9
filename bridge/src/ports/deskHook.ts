import type { PairKind } from '../core/pair.ts';

/** A signature that is older or newer by so many milliseconds is none: who recorded one cannot send it tomorrow. */
export const SIGNATURE_MS = 5 * 60_000;

/** A call as it came, byte for byte: signatures are over these bytes. */
export type HookCall = {
  /** Undefined where the call has none of that name, or several. */
  readonly header: (name: string) => string | undefined;
  readonly body: Buffer;
};

/** How a call showed that it comes from the desk. */
export type HookProof = {
  /** Of the secrets that count, the one that it knows. */
  readonly secret: string;
  /** What no other call has that is not the same one again; null where the desk sends nothing of the kind. */
  readonly once: string | null;
};

/** A record that may have changed; nothing else that a call says of it counts. */
export type Named = { readonly pair: PairKind; readonly id: string };

/** How a kind of help desk tells the bridge by itself that something changed. */
export type DeskHook = {
  /** Where its calls are taken, such as `/hooks/desk`. */
  readonly path: string;
  /** So many milliseconds after a call, what it names is read. */
  readonly gatherMs: number;
  /** What a call is told that shows no secret: the scheme of the header `www-authenticate`, and what to do. */
  readonly refused: { readonly scheme: string; readonly message: string };
  /** What a call is told that names no record. */
  readonly unreadable: { readonly code: string; readonly message: string };
  /** Null where the call knows none of the secrets. Takes as long for a wrong one. `now` in ms since 1970. */
  readonly verify: (call: HookCall, secrets: readonly string[], now: number) => HookProof | null;
  /** What a body names; null where it names nothing. */
  readonly named: (body: Buffer) => readonly Named[] | null;
};
