import { formatCount } from '../core/format-number.ts';
import type { LogPlace } from '../core/sql-engine.ts';
import { quote } from '../verdict/sentences.ts';

/** `logs/a.csv, line 12`. */
export function placeOf({ path, line }: LogPlace): string {
  return line === undefined ? quote(path) : `${quote(path)}, line ${formatCount(line)}`;
}
