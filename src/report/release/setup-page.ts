import { toPage, type PageLine, type PageOptions } from './terminal-page.ts';

/** One thing that was checked. */
interface Shown {
  outcome: 'good' | 'missing' | 'unknown';
  message: string;
  settle?: string;
}

const SYMBOLS: Readonly<Record<Shown['outcome'], string>> = { good: '✔', missing: '✖', unknown: '!' };

/** The findings of `known-good doctor`, a line each, with what to do under those that are not well. */
export function setupPage(findings: readonly Shown[], options: PageOptions = {}): string {
  const count = (outcome: Shown['outcome']) => findings.filter((each) => each.outcome === outcome).length;
  const [lacking, unsure] = [count('missing'), count('unknown')];
  const head: PageLine =
    lacking > 0
      ? {
          kind: 'head',
          tone: 'bad',
          text: `${things(lacking)} missing${unsure > 0 ? `, ${unsure} more could not be told` : ''}.`,
        }
      : unsure > 0
        ? {
            kind: 'head',
            tone: 'unsure',
            text: `Nothing is missing; ${unsure} of ${findings.length} could not be told.`,
          }
        : { kind: 'head', tone: 'good', text: 'Everything is set up.' };
  return toPage([head, { kind: 'blank' }, ...findings.flatMap(lines)], options);
}

/** Only what is not well, a line each. */
export function setupLines(findings: readonly Shown[]): string {
  return findings
    .filter(({ outcome }) => outcome !== 'good')
    .map((finding) => toPage(lines(finding)).replace(/\n +/g, ' '))
    .join('');
}

function lines({ outcome, message, settle }: Shown): PageLine[] {
  const line: PageLine = { kind: 'text', text: `${SYMBOLS[outcome]} ${message}`, indent: 2, hang: 2 };
  return settle === undefined ? [line] : [line, { kind: 'text', text: `→ ${settle}`, indent: 4, hang: 2 }];
}

function things(count: number): string {
  return count === 1 ? 'one thing is' : `${count} things are`;
}
