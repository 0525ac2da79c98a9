/** A report on the page of the benchmarks. */
export type Section = {
  readonly title: string;
  /** The script that writes it, `bench:NAME`; null where the section names none. */
  readonly bench: string | null;
  /** All beneath the title. */
  readonly lines: readonly string[];
};

/** The cells of each row of the tables among these lines, without their heads. */
export function cellsOf(lines: readonly string[]): readonly (readonly string[])[] {
  const rows = lines.map((line) =>
    line.startsWith('|')
      ? line
          .split('|')
          .slice(1, -1)
          .map((cell) => cell.trim())
      : [],
  );
  const isRule = (row: readonly string[] = []) =>
    row.length > 0 && row.every((cell) => /^:?-+:?$/.test(cell));
  return rows.filter((row, n) => row.length > 0 && !isRule(row) && !isRule(rows[n + 1]));
}
