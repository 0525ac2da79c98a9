import type { Look, Looked } from '../../ports/org.ts';
import type { Describes } from '../config/describes.ts';
import type { Mapping } from '../config/syncConfig.ts';
import type { Section } from './sections.ts';
import type { Group } from './view.ts';

/** The record that everything else is found from: the case, or the contact of a case that is not in Salesforce. */
export type Root = { readonly object: 'Case' | 'Contact'; readonly id: string };

/** All that a view depends on. */
export type PlanInput = {
  readonly root: Root;
  readonly mappings: readonly Mapping[];
  readonly sections: readonly Section[];
  readonly describes: Describes['salesforce'];
  /** The org's own address. */
  readonly instanceUrl: string;
};

/** What is left out because the bridge's user does not see it. */
export type Missing = {
  /** `Object.Field`. */
  readonly name: string;
  /** Whether somebody has chosen it. */
  readonly isChosen: boolean;
};

/** What is to be read in one call, and what the answers are to people. */
export type Plan = {
  readonly looks: readonly Look[];
  readonly missing: readonly Missing[];
  /** Null where the first look found no record. */
  readonly groups: (looked: readonly Looked[]) => readonly Group[] | null;
};

export const isSeen = ({ describes }: Pick<PlanInput, 'describes'>, object: string, field: string): boolean =>
  describes[object]?.fields.some(({ name }) => name === field) === true;

export const missingOf = (object: string, paths: readonly string[], isChosen: boolean): Missing[] =>
  paths.map((path) => ({ name: `${object}.${path}`, isChosen }));

export const hidden = (object: string): string =>
  `The user of the bridge may not read ${object} in Salesforce. An administrator can give it access.`;
