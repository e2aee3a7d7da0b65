import { seen } from '../../core/seen.ts';
import { cellText } from './csv-cell.ts';
import { BROKEN, CsvScanner, INCOMPLETE } from './csv-scanner.ts';
import { tableError } from './table-error.ts';

const COMMA = 44;
const SEMICOLON = 59;
const TAB = 9;

/** A CSV header: its column names, the delimiter, where the first row begins and on which line. */
export interface CsvHeader {
  columns: string[];
  delimiter: number;
  next: number;
  line: number;
}

/**
 * The delimiter of a header: the comma where there is one outside quotes or no other candidate, else the semicolon or
 * the tab, whichever is there; both are an error.
 */
function delimiterOf(path: string, window: Buffer): number {
  const found = new Set<number>();
  let quoted = false;
  for (const byte of window) {
    if (byte === 34) quoted = !quoted;
    else if (quoted) continue;
    else if (byte === 10) break;
    else if (byte === COMMA) return COMMA;
    else if (byte === SEMICOLON || byte === TAB) found.add(byte);
  }
  if (found.size === 2) {
    const what = 'the header has semicolons and tabs, so the delimiter cannot be told';
    throw tableError({ path, line: 1 }, { what, todo: 'Write the table with commas' });
  }
  return [...found][0] ?? COMMA;
}

/** Reads the header at the start of a window; `undefined` when the window ends before it does. */
export function readCsvHeader(
  path: string,
  window: Buffer,
  { atEnd, maxColumns }: { atEnd: boolean; maxColumns: number },
): CsvHeader | undefined {
  const delimiter = delimiterOf(path, window);
  const scanner = new CsvScanner(delimiter, maxColumns);
  const next = scanner.scan(window, 0, atEnd);
  if (next === INCOMPLETE) return undefined;
  if (next === BROKEN && scanner.problem !== undefined) throw tableError({ path, line: 1 }, scanner.problem);
  if (scanner.count > maxColumns) {
    const what = `the header has ${scanner.count} columns, allowed are ${maxColumns}`;
    throw tableError({ path, line: 1 }, { what, todo: 'Leave out the columns that are not needed' });
  }
  const columns = Array.from({ length: scanner.count }, (_, index) => cellText(scanner, index));
  checkNames(path, columns);
  return { columns, delimiter, next, line: 2 + scanner.lineFeeds };
}

function checkNames(path: string, columns: readonly string[]): void {
  const places = new Map<string, number>();
  for (const [index, name] of columns.entries()) {
    const first = places.get(name);
    if (name.trim() === '') {
      const what = `column ${index + 1} of the header has no name`;
      const todo = 'Name it, or leave it out (pandas: to_csv(index=False))';
      throw tableError({ path, line: 1 }, { what, todo });
    }
    if (first !== undefined) {
      const what = `the header names ${seen(name)} twice, as column ${first + 1} and ${index + 1}`;
      throw tableError({ path, line: 1 }, { what, todo: 'Rename or leave out one of them' });
    }
    places.set(name, index);
  }
}
