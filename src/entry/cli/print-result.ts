import { exitCodeOf } from '../../promotion/lane-result.ts';
import { changeLine, changePage } from '../../report/release/change-page.ts';
import { laneLine, lanePage } from '../../report/release/lane-page.ts';
import type { SharedValues } from './release-flags.ts';
import type { Host } from './run-cli.ts';

/** Where a result goes, and how. */
export interface Printing {
  host: Host;
  values: SharedValues;
}

/** Whether colours may be used. */
export function hasColor({ host, values }: Printing): boolean {
  return host.stdout.isTTY === true && !values['no-color'] && host.env['NO_COLOR'] === undefined;
}

/** What JSON leaves as it is although a terminal acts on it, or nobody sees it. */
const INVISIBLE = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;

/** Prints a versioned document; invisible characters are escaped, which JSON reads back as they were. */
export function printJson({ host }: Printing, value: unknown): void {
  const text = JSON.stringify(value, undefined, 2);
  host.stdout.write(`${text.replace(INVISIBLE, escaped)}\n`);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Prints the result of promote, rollback, adopt or verify; returns the exit code. */
export function printLane(printing: Printing, result: Parameters<typeof lanePage>[0]): number {
  const { host, values } = printing;
  if (values.json) printJson(printing, result);
  else if (values.quiet) host.stdout.write(laneLine(result));
  else host.stdout.write(lanePage(result, { color: hasColor(printing) }));
  return exitCodeOf(result);
}

/** Prints the result of a command that moves no tag; returns the exit code. */
export function printChange(printing: Printing, result: Parameters<typeof changePage>[0]): number {
  const { host, values } = printing;
  if (values.json) printJson(printing, result);
  else if (values.quiet) host.stdout.write(changeLine(result));
  else host.stdout.write(changePage(result, { color: hasColor(printing) }));
  return exitCodeOf(result);
}
