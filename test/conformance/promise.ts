import type { Ability, StartOptions, Subject } from './subject.ts';

/** One promise of the port, and how an adapter is held to it; `keep` throws where it is broken. */
export type KeptPromise = {
  readonly title: string;
  /** What the desk must be able to do for it. */
  readonly needs?: readonly Ability[];
  readonly options?: StartOptions;
  readonly keep: (subject: Subject) => Promise<void>;
};
