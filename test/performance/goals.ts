import { cellsOf, type Section } from './section.ts';

const MILLION = '(?:1,?000,?000|1 M\\b|a million)';

/** What is asked for, and what is written in the lines that tell of it: title, what was measured, and its goal. */
export const GOALS: readonly { readonly goal: string; readonly line: RegExp }[] = [
  {
    goal: 'at least 5 × the plain relay in changes a second, at equal durability',
    line: /plain relays.*to Desk.*changes a second.*5 ×/,
  },
  {
    goal: 'at most 1/10 of the calls to Salesforce of the plain relay',
    line: /plain relays.*to Desk.*Salesforce calls/,
  },
  { goal: 'p99 under 1 s at 50 % load', line: /plain relays.*to Desk.*50 % load/ },
  { goal: 'full sync at the rate limit: at least 95 % of the allowed calls', line: /full sync.*95 %/i },
  { goal: 'full sync at the rate limit: no 429', line: /full sync.*(?:429|refused)/i },
  { goal: '75,000 missed events caught up with in under 60 s', line: /missed events.*60 s/i },
  {
    goal: 'memory of the bridge under 150 MB at 1,000,000 links, embedded store',
    line: new RegExp(`${MILLION}.*150 MB|150 MB.*${MILLION}`),
  },
  { goal: 'memory flat', line: /memory.*(?:flat|grow)/i },
  {
    goal: 'cost of a change within 1.3 × from 1,000 to 1,000,000 links',
    line: /change.*1\.3/i,
  },
  { goal: 'start to first event under 1 s', line: /first event.*1 s/i },
  { goal: 'recovery after kill -9 under 1 s, embedded store', line: /kill -9.*under 1 s/i },
  { goal: 'recovery after kill -9 under 15 s, one worker of several', line: /(?:kill|dies|worker).*15 s/i },
  { goal: 'commands that need no network under 1.15 × bare sf', line: /÷ sf version.*1\.15/ },
];

type GoalState = {
  readonly goal: string;
  /** The scripts of the lines that tell of it. */
  readonly benches: readonly string[];
  readonly state: 'met' | 'missed' | 'not measured';
};

/** How each goal stands by the sections of the page; one that several lines tell of is met where all of them are. */
export function goalStates(sections: readonly Section[]): readonly GoalState[] {
  const judged = sections.flatMap(({ title, bench, lines }) =>
    cellsOf(lines).flatMap((cells) => {
      const last = cells.at(-1);
      const text = [title, cells[0], cells.at(-2)].join(': ');
      return last === 'met' || last === 'missed' ? [{ bench: bench ?? '', text, last }] : [];
    }),
  );
  return GOALS.map(({ goal, line }) => {
    const told = judged.filter(({ text }) => line.test(text));
    const benches = [...new Set(told.map(({ bench }) => bench))];
    if (told.length === 0) return { goal, benches, state: 'not measured' };
    return { goal, benches, state: told.some(({ last }) => last === 'missed') ? 'missed' : 'met' };
  });
}
