import { REQUIREMENTS } from './requirements.ts';

const BEGIN = '<!-- requirements -->';
const END = '<!-- /requirements -->';

/** The requirements as a table for people, group by group. */
export function requirementTable(): string {
  const rows = REQUIREMENTS.map(({ group, title, why, section }) => [group, title, why, section ?? '']);
  return [
    ['group', 'what is checked', 'why', "section of the original's page"],
    ['---', '---', '---', '---'],
    ...rows,
  ]
    .map((row) => `| ${row.join(' | ')} |`)
    .join('\n');
}

/** A document with the table between its marks. */
export function withTable(document: string, table: string): string {
  const [start, end] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (start < 0 || end < start) throw new Error(`The document has no ${BEGIN} … ${END}`);
  return `${document.slice(0, start + BEGIN.length)}\n\n${table}\n\n${document.slice(end)}`;
}

/** The cells of the table in a document, as they count: how wide they are does not. */
export function cellsOf(document: string): string[][] {
  const table = document.slice(document.indexOf(BEGIN) + BEGIN.length, document.indexOf(END));
  return table
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\|[\s|-]+\|$/.test(line))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}
