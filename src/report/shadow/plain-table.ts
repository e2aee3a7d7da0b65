import { text, type Inline, type Table } from '../document.ts';

/** A cell of a table: inlines, or plain text. */
export type Cell = string | Inline | readonly Inline[];

/** A table whose first column is to the left and whose others are to the right, but for those named in `left`. */
export function plainTable(
  caption: string,
  headings: readonly string[],
  { rows, left = [] }: { rows: readonly (readonly Cell[])[]; left?: readonly string[] },
): Table {
  return {
    kind: 'table',
    caption,
    columns: headings.map((heading, index) => ({
      heading,
      align: index === 0 || left.includes(heading) ? 'left' : 'right',
    })),
    rows: rows.map((row) => row.map(inlinesOf)),
  };
}

function inlinesOf(cell: Cell): readonly Inline[] {
  if (typeof cell === 'string') return [text(cell)];
  return 'kind' in cell ? [cell] : cell;
}
