import { parser } from '@prometheus-io/lezer-promql';

/** What a query of Prometheus names. */
export type Query = {
  /** Null where it can be read. */
  readonly problem: string | null;
  readonly selectors: readonly {
    readonly name: string;
    readonly labels: readonly { readonly name: string; readonly value: string }[];
  }[];
  /** The labels that it groups by. */
  readonly groups: readonly string[];
};

/** Reads a query as Prometheus does; Grafana's variables stand for what it puts in their places. */
export function readQuery(query: string): Query {
  const text = query.replaceAll('$__rate_interval', '5m');
  const at = (node: { from: number; to: number }) => text.slice(node.from, node.to);
  let problem: string | null = null;
  const selectors: Query['selectors'][number][] = [];
  const groups: string[] = [];
  parser.parse(text).iterate({
    enter: ({ type, node }) => {
      if (type.isError) problem = `${text}: not understood at ${node.from}`;
      if (type.name === 'VectorSelector') {
        const matchers = node.getChild('LabelMatchers')?.getChildren('UnquotedLabelMatcher') ?? [];
        selectors.push({
          name: at(node.getChild('Identifier') ?? { from: 0, to: 0 }),
          labels: matchers.map((matcher) => ({
            name: at(matcher.getChild('LabelName') ?? matcher),
            value: at(matcher.getChild('StringLiteral') ?? matcher).slice(1, -1),
          })),
        });
      }
      if (type.name === 'GroupingLabels') groups.push(...node.getChildren('LabelName').map(at));
    },
  });
  return { problem, selectors, groups };
}
