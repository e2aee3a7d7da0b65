import { formatLane, type Lane } from '../../core/lane.ts';
import { shortDigest } from '../../core/release.ts';
import type { Entry } from '../../ledger/entry.ts';
import { isKnown } from '../../ledger/entry.ts';
import type { LedgerCheck } from '../../ledger/verify-chain.ts';
import { visibleText } from '../visible-text.ts';
import { formatMoment } from './format-time.ts';
import { commandLine, toPage, type PageLine, type PageOptions } from './terminal-page.ts';

const MOST_PROBLEMS = 30;

/** What `ledger verify` found: that everything fits, or every alteration by its place. */
export function ledgerCheckPage(
  check: LedgerCheck & { head?: string; against?: string },
  options: PageOptions = {},
): string {
  const { problems, lanes, releases, evidence, head } = check;
  const entries = lanes.reduce((sum, lane) => sum + lane.entries, 0);
  const counted = `${entries} ${entries === 1 ? 'entry' : 'entries'} in ${many(lanes.length, 'lane')}, ${many(releases, 'release')}, ${many(evidence, 'verdict')}`;
  const ok =
    head === undefined ? 'There is no ledger yet: nothing to verify.' : `The ledger is whole: ${counted}.`;
  const bad = `The ledger was altered: ${problems.length === 1 ? 'one place shows it' : `${problems.length} places show it`} (${counted}).`;
  const shown = problems.slice(0, MOST_PROBLEMS);
  const hidden = problems.length - shown.length;
  return toPage(
    [
      { kind: 'head', tone: problems.length === 0 ? 'good' : 'bad', text: problems.length === 0 ? ok : bad },
      { kind: 'blank' },
      ...shown.flatMap(({ code, path, message }): PageLine[] => [
        { kind: 'verbatim', text: path, indent: 2 },
        { kind: 'text', text: `${message} (${code})`, indent: 4 },
      ]),
      ...(hidden > 0 ? [{ kind: 'text', text: `and ${hidden} more`, indent: 2 } as const] : []),
      { kind: 'blank' },
      ...(head === undefined ? [] : [{ kind: 'verbatim', label: 'ledger', text: head } as const]),
      ...endOf(check),
    ],
    options,
  );
}

/** What is wrong with the ledger, a line each, for `--quiet`; empty where nothing is. */
export function ledgerProblemLines({ problems }: Pick<LedgerCheck, 'problems'>): string {
  return problems
    .map(({ code, path, message }) => `${visibleText(`${path}: ${message} (${code})`)}\n`)
    .join('');
}

function many(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function endOf(check: LedgerCheck & { head?: string; against?: string }): PageLine[] {
  const { problems, against, head } = check;
  if (problems.length > 0) {
    const look =
      'Look at git log of the ledger’s branch for who pushed it, and keep a copy before anything else.';
    return [{ kind: 'blank' }, ...wayBack(check), { kind: 'blank' }, { kind: 'text', text: look }];
  }
  if (head === undefined) return [];
  const text =
    against === undefined
      ? 'Whether its end was cut off or all of it rewritten shows only against an earlier head, the 40 digits that commands print behind “ledger”: known-good ledger verify --against DIGITS.'
      : `It still contains ${against}.`;
  return [{ kind: 'blank' }, { kind: 'text', text }];
}

/** What a rollback still goes by: the state of its lane and the quarantine of its model, and nothing else of the ledger. */
function wayBack({ problems, lanes, head }: LedgerCheck & { head?: string }): PageLine[] {
  if (head === undefined)
    return [{ kind: 'text', text: 'A rollback goes by the ledger, and has nothing to go by now.' }];
  const [first, ...others] = lanes.filter(({ sound }) => !sound).map(({ lane }) => formatLane(lane));
  const isRewritten = problems.some(({ code }) => code === 'rewritten');
  if (first === undefined && !isRewritten) {
    const text =
      'A rollback goes by the states of the lanes and the quarantine, and these are what the entries add up to. It passes over releases whose evidence is gone.';
    return [{ kind: 'text', text }];
  }
  const what =
    first === undefined
      ? 'the history that is there now, and that is not the one that was'
      : `the state of its lane and the quarantine, which the entries no longer prove for ${[first, ...others].join(', ')}`;
  const text = `This says nothing of what serves. A rollback goes by ${what}. Look where it would go before you let it:`;
  const name = first ?? (lanes[0] === undefined ? 'LANE' : formatLane(lanes[0].lane));
  return [{ kind: 'text', text }, commandLine(`rollback ${name} --dry-run`)];
}

/** Some entries of a lane, a line each, newest first. */
export function entriesPage(
  {
    lane,
    entries,
    more,
  }: { lane: Lane; entries: readonly { entry: Entry; digest: string }[]; more: boolean },
  options: PageOptions = {},
): string {
  return toPage(
    [
      { kind: 'title', text: `${formatLane(lane)}, newest first, times in UTC` },
      { kind: 'blank' },
      ...entries.map(({ entry, digest }): PageLine => {
        const { seq, at, actor, kind } = entry;
        const what = `${kind}${aboutOf(entry)}`;
        const text = `${String(seq).padStart(6)}  ${formatMoment(at)}  ${shortDigest(digest).slice(7)}  ${what} · ${actor.name}`;
        return { kind: 'verbatim', text };
      }),
      { kind: 'blank' },
      {
        kind: 'verbatim',
        text: `One entry whole: known-good ledger show ${formatLane(lane)} SEQ${more ? '; older ones: --limit N' : ''}`,
      },
    ],
    options,
  );
}

function aboutOf(entry: Entry): string {
  if (!isKnown(entry)) return '';
  if (entry.kind === 'intent') return `: ${entry.action} to ${entry.release.version}`;
  if (entry.kind === 'approved') return `: ${entry.version}`;
  return 'digest' in entry ? ` ${shortDigest(entry.digest)}` : '';
}
