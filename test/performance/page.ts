import { goalStates } from './goals.ts';
import { tableOf, type Report } from './figures.ts';
import type { Section } from './section.ts';

export type Page = { readonly intro: readonly string[]; readonly sections: readonly Section[] };

/** The section of the page that is worked out from the others. */
export const GOALS_TITLE = 'The goals';

/** The script that a text says to run; null where it says none. */
const benchIn = (text: string) => /`npm run (bench:[\w-]+)/.exec(text)?.[1] ?? null;

/** Takes the page apart: what people wrote before the first section, and the sections of the reports. */
export function pageFrom(text: string): Page {
  const [intro = '', ...parts] = text.split(/^## /m);
  const sections = parts.map((part): Section => {
    const [title = '', ...lines] = part.trim().split('\n');
    return { title, bench: benchIn(part), lines: lines.join('\n').trim().split('\n') };
  });
  return {
    intro: intro.trim().split('\n'),
    sections: sections.filter(({ title }) => title !== GOALS_TITLE),
  };
}

/** A report as a section; `measuredOn` says when and on what. */
export function sectionOf({ title, command, figures, notes = [] }: Report, measuredOn: string): Section {
  const lines = [
    `\`${command}\`, ${measuredOn}.`,
    '',
    ...tableOf(figures),
    ...notes.flatMap((note) => ['', note]),
  ];
  return { title, bench: benchIn(lines.join('\n')), lines };
}

/**
 * The page with these sections in place of all that the same scripts wrote before; the others stay as they are. The
 * sections stand in the order of the scripts given.
 */
export function withSections(page: Page, fresh: readonly Section[], scripts: readonly string[]): Page {
  const written = new Set(fresh.map(({ bench }) => bench));
  const rank = ({ bench }: Section) =>
    (scripts.indexOf(bench ?? '') + scripts.length + 1) % (scripts.length + 1);
  const kept = page.sections.filter(({ bench }) => !written.has(bench));
  return { ...page, sections: [...kept, ...fresh].sort((a, b) => rank(a) - rank(b)) };
}

/** The page as text, with the goals first. */
export function textOf({ intro, sections }: Page): string {
  const goals = goalStates(sections).map(({ goal, benches, state }) => {
    const by = benches.map((bench) => `\`${bench}\``).join(', ');
    return `| ${goal} | ${by} | ${state} |`;
  });
  const parts = [
    intro,
    [`## ${GOALS_TITLE}`, '', '| goal | measured by | |', '| --- | --- | --- |', ...goals],
    ...sections.map(({ title, lines }) => [`## ${title}`, '', ...lines]),
  ];
  return `${parts.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}
