import type { Column, ColumnRequest, ColumnType } from '../../core/table.ts';
import { seen } from '../../core/seen.ts';
import { GrowingNumbers } from './growing-numbers.ts';
import type { TableProblem } from './table-error.ts';

/** How one column's cell is read from a record `R` (a scanned CSV record, a parsed JSON line). */
export interface CellDecoder<R> {
  isMissing(record: R): boolean;
  /** NaN where NaN is written, ±Infinity where a number is too large, `undefined` where there is no number. */
  number(record: R): number | undefined;
  /** Whether `auto` may take the cell as a number: a finite one or NaN, not written like an identifier (007). */
  isPlainNumber(record: R): boolean;
  /** `undefined` where the cell has no text form (an object, a list, an integer that lost digits). */
  text(record: R): string | undefined;
  /** The cell for a message. */
  shown(record: R): unknown;
}

const NUMBER_ALLOWED = 'Write a finite decimal number, NaN, or leave the cell empty';
const COMPLETE = 'Write a finite number in every row';
const COMMA_ALLOWED = 'Write a point for the decimal comma (0.5)';
const TEXT_ALLOWED = 'Write a text; numbers above 9007199254740991 need quotes';

/** Collects one column, record by record; a cell that does not fit its type is a problem, never dropped. */
export class ColumnSink<R> {
  private readonly decoder: CellDecoder<R>;
  /** `auto` while no cell has decided. */
  private type: ColumnType;
  private readonly canTurn: boolean;
  private readonly complete: boolean;
  private readonly numbers = new GrowingNumbers();
  private readonly texts: string[] = [];
  private missing = 0;
  /** An `auto` column whose first cells were numbers and a later one was not: it has to be read again as text. */
  mustBeText = false;

  constructor({ type, complete = false }: Omit<ColumnRequest, 'name'>, decoder: CellDecoder<R>) {
    this.type = type;
    this.canTurn = type === 'auto';
    this.complete = complete;
    this.decoder = decoder;
  }

  push(record: R): TableProblem | undefined {
    if (this.decoder.isMissing(record)) return this.complete ? this.absent(record) : this.pushMissing();
    if (this.canTurn && this.type !== 'string' && !this.decoder.isPlainNumber(record)) this.turn();
    if (this.type === 'string') return this.pushText(record);
    return this.mustBeText ? undefined : this.pushNumber(record);
  }

  /** The column; an `auto` one without any cell is a number column of NaN. */
  take(): Column {
    if (this.type === 'string') return { type: 'string', values: this.texts, missing: this.missing };
    return { type: 'number', values: this.numbers.take(), missing: this.missing };
  }

  private pushMissing(): undefined {
    this.missing++;
    if (this.type === 'string') this.texts.push('');
    else this.numbers.push(NaN);
  }

  private absent(record: R): TableProblem {
    return { what: `there is no number, saw ${seen(this.decoder.shown(record))}`, todo: COMPLETE };
  }

  private pushNumber(record: R): TableProblem | undefined {
    const value = this.decoder.number(record);
    if (value === undefined) {
      const shown = this.decoder.shown(record);
      const todo = isDecimalComma(shown) ? COMMA_ALLOWED : this.complete ? COMPLETE : NUMBER_ALLOWED;
      return { what: `expected a number, saw ${seen(shown)}`, todo };
    }
    if (this.complete && Number.isNaN(value)) return this.absent(record);
    if (value === Infinity || value === -Infinity) {
      return { what: `the number ${seen(this.decoder.shown(record))} is not finite`, todo: NUMBER_ALLOWED };
    }
    this.type = 'number';
    this.numbers.push(value);
    return undefined;
  }

  private pushText(record: R): TableProblem | undefined {
    const text = this.decoder.text(record);
    if (text === undefined) {
      return { what: `expected a text, saw ${seen(this.decoder.shown(record))}`, todo: TEXT_ALLOWED };
    }
    this.texts.push(text);
    return undefined;
  }

  /** An `auto` column met a cell that is no number: text from here on, or from the start in a second reading. */
  private turn(): void {
    if (this.type === 'number') {
      this.mustBeText = true;
      return;
    }
    this.type = 'string';
    for (let i = 0; i < this.missing; i++) this.texts.push('');
  }
}

/** `0,5`, as half of Europe writes it. */
function isDecimalComma(shown: unknown): boolean {
  return typeof shown === 'string' && /^\s*[+-]?[0-9]*,[0-9]+\s*$/.test(shown);
}
