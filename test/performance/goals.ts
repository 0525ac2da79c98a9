import { cellsOf, type Section } from './section.ts';

type Goal = {
  /** What is asked for. */
  readonly goal: string;
  /** The benchmark whose lines tell of it, and what is written in their first cells. */
  readonly bench: string;
  readonly line: RegExp;
  /** The title of the report, where the goal holds for one of several. */
  readonly title?: string;
};

const MILLION = '1,000,000 links';

export const GOALS: readonly Goal[] = [
  {
    goal: 'at least 5 × the plain relay in changes a second, at equal durability',
    bench: 'bench:peers',
    line: /^to Desk, [^:]+: changes a second$/,
  },
  {
    goal: 'at most 1/10 of the calls to Salesforce of the plain relay',
    bench: 'bench:peers',
    line: /^to Desk, [^:]+: Salesforce calls a change$/,
  },
  {
    goal: 'p99 under 1 s at 50 % load',
    bench: 'bench:peers',
    line: /^to Desk, [^:]+: p50, p95, p99 at 50 % load \(/,
  },
  {
    goal: 'full sync at the rate limit: at least 95 % of the allowed calls',
    bench: 'bench:sync',
    line: /^full sync of .+ calls a minute: share of them used/,
  },
  {
    goal: 'full sync at the rate limit: no 429',
    bench: 'bench:sync',
    line: /^calls in it that Desk refused$/,
  },
  {
    goal: '75,000 missed events caught up with in under 60 s',
    bench: 'bench:sync',
    // As many at least: a shorter run says nothing of it.
    line: /^(?:7[5-9]|[89]\d|\d{3,})\d{3} missed events of \d+ cases, caught up with: all in Desk$/,
  },
  {
    goal: 'memory of the bridge under 150 MB at 1,000,000 links, embedded store',
    bench: 'bench:links',
    title: MILLION,
    line: /^(?:memory of the bridge, idle|after \d+ changes)$/,
  },
  {
    goal: 'memory flat',
    bench: 'bench:links',
    title: MILLION,
    line: /^in the second half of the changes$/,
  },
  {
    goal: 'cost of a change within 1.3 × from 1,000 to 1,000,000 links',
    bench: 'bench:links',
    title: MILLION,
    line: /^(?:a change|processor|calls, both sides), [\d,]+ links$/,
  },
  {
    goal: 'start to first event under 1 s',
    bench: 'bench:links',
    title: MILLION,
    line: /^start until the first event is in the inbox$/,
  },
  {
    goal: 'recovery after kill -9 under 1 s, embedded store',
    bench: 'bench:links',
    title: MILLION,
    line: /^recovery after kill -9: until it goes on writing$/,
  },
  {
    goal: 'recovery after kill -9 under 15 s, one worker of several',
    bench: 'bench:scale',
    line: /^(?:leader killed: until another captures|killed with pairs in hand: until others may take them|until others have brought them in step): /,
  },
  {
    goal: 'commands that need no network under 1.15 × bare sf',
    bench: 'bench:cli',
    line: /^sf deskconnect .+ ÷ sf version$/,
  },
];

type GoalState = {
  readonly goal: string;
  /** The scripts of the lines that tell of it. */
  readonly benches: readonly string[];
  readonly state: 'met' | 'missed' | 'not measured';
};

/** The goal that a line of a report tells of, if any; `line` is its first cell. */
export const goalOf = (bench: string | null, title: string, line: string): Goal | undefined =>
  GOALS.find(
    (goal) => goal.bench === bench && (goal.title ?? title) === title && goal.line.test(line.trim()),
  );

/** How each goal stands by the sections of the page; one that several lines tell of is met where all of them are. */
export function goalStates(sections: readonly Section[]): readonly GoalState[] {
  const judged = sections.flatMap(({ title, bench, lines }) =>
    cellsOf(lines).flatMap((cells) => {
      const last = cells.at(-1);
      const goal = goalOf(bench, title, cells[0] ?? '');
      return goal && (last === 'met' || last === 'missed') ? [{ goal, last }] : [];
    }),
  );
  return GOALS.map((goal) => {
    const told = judged.filter((one) => one.goal === goal);
    if (told.length === 0) return { goal: goal.goal, benches: [], state: 'not measured' };
    const state = told.some(({ last }) => last === 'missed') ? 'missed' : 'met';
    return { goal: goal.goal, benches: [goal.bench], state };
  });
}
