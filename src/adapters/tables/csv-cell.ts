import type { CellDecoder } from './column-sink.ts';
import { ESCAPED, PLAIN, type CsvScanner } from './csv-scanner.ts';
import { InternCache } from './intern-cache.ts';
import { hasLeadingZero, parseDecimal, parsePlainDecimal } from './parse-decimal.ts';

/** The text of a cell of the record scanned last, quotes undone. */
export function cellText(scanner: CsvScanner, index: number): string {
  const text = scanner.bytes.toString('utf8', scanner.starts[index], scanner.ends[index]);
  return scanner.forms[index] === ESCAPED ? text.replaceAll('""', '"') : text;
}

/**
 * Reads one column of CSV. As a number a cell without quotes may have spaces around it; as text every character
 * counts. Nothing between the delimiters, or a pair of quotes, is missing.
 */
export class CsvColumn implements CellDecoder<CsvScanner> {
  private readonly index: number;
  private readonly cache = new InternCache();

  constructor(index: number) {
    this.index = index;
  }

  isMissing(cells: CsvScanner): boolean {
    return cells.starts[this.index] === cells.ends[this.index];
  }

  number(cells: CsvScanner): number | undefined {
    const start = cells.starts[this.index] as number;
    const end = cells.ends[this.index] as number;
    const value = parsePlainDecimal(cells.bytes, start, end);
    return Number.isNaN(value) ? parseDecimal(this.trimmed(cells)) : value;
  }

  isPlainNumber(cells: CsvScanner): boolean {
    const value = this.number(cells);
    if (value === undefined || Math.abs(value) === Infinity) return false;
    const start = cells.starts[this.index] as number;
    // Only a zero, a sign or a space can begin a number with a leading zero.
    const first = cells.bytes[start] as number;
    return first > 48 || !hasLeadingZero(this.trimmed(cells));
  }

  text(cells: CsvScanner): string {
    if (cells.forms[this.index] === ESCAPED) return cellText(cells, this.index);
    const start = cells.starts[this.index] as number;
    return this.cache.text(cells.bytes, start, cells.ends[this.index] as number);
  }

  shown(cells: CsvScanner): unknown {
    return cellText(cells, this.index);
  }

  /** The cell's bytes as characters, which is enough for numbers; without the spaces around it unless quoted. */
  private trimmed(cells: CsvScanner): string {
    let start = cells.starts[this.index] as number;
    let end = cells.ends[this.index] as number;
    if (cells.forms[this.index] === PLAIN) {
      while (start < end && isSpace(cells.bytes[start])) start++;
      while (start < end && isSpace(cells.bytes[end - 1])) end--;
    }
    return cells.bytes.toString('latin1', start, end);
  }
}

function isSpace(byte: number | undefined): boolean {
  return byte === 32 || byte === 9;
}
