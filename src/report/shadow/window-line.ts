import { formatCount } from '../../core/format-number.ts';
import type { Verdict } from '../../core/verdict.ts';
import { code, text, type Block, type Inline } from '../document.ts';
import { clipText } from '../visible-text.ts';
import { provenanceLine } from '../sections/provenance.ts';

type Shadow = NonNullable<Verdict['shadow']>;

/** One line: which time, whose requests, which labels, which look, which releases, which settings. */
export function windowLine(verdict: Verdict): Block {
  const { shadow, config, createdAt } = verdict;
  if (shadow === undefined) return provenanceLine(verdict);
  return {
    kind: 'definitions',
    items: [
      item('window', code(windowText(shadow))),
      item('requests', text(requestsText(shadow))),
      item('labels', text(labelsText(shadow))),
      item('look', text(lookText(shadow))),
      ...(['champion', 'challenger'] as const).map((side) => item(side, ...release(side, shadow))),
      ...(shadow.bound === 'versions' ? [] : [item('releases', text(BOUND[shadow.bound]))]),
      ...(config === undefined ? [] : [item('config', code(short(config.sha256)))]),
      item('made', code(moment(createdAt))),
    ],
  };
}

const BOUND = { trusted: 'taken on trust', unbound: 'not named by the log' } as const;
const DAY = 86_400_000;
const NAME_LENGTH = 40;

/** Days where the window spans more than two, else minutes. */
function windowText({ window }: Shadow): string {
  if (window === undefined) return 'no request counts';
  const long = Date.parse(window.to) - Date.parse(window.from) > 2 * DAY;
  const [from, to] = [window.from, window.to].map((time) => (long ? time.slice(0, 10) : moment(time)));
  return `${from} – ${to}`;
}

function requestsText({ requests }: Shadow): string {
  const { both, championOnly, challengerOnly, excluded } = requests;
  const one =
    championOnly + challengerOnly === 0
      ? '0 in one only'
      : `${formatCount(championOnly)} champion only, ${formatCount(challengerOnly)} challenger only`;
  return `${formatCount(both)} in both, ${one}, ${formatCount(excluded)} excluded`;
}

function labelsText({ labels }: Shadow): string {
  const { known, matured, immature, missing } = labels;
  if (known === 0 && matured === 0) return 'none';
  return `${formatCount(matured)} matured, ${formatCount(immature)} immature, ${formatCount(missing)} missing`;
}

function lookText({ look, planned }: Shadow): string {
  const until = planned.until === undefined ? '' : ` until ${planned.until.slice(0, 10)}`;
  return `${formatCount(look)} (planned: ${formatCount(planned.labels)} labels${until})`;
}

/** Name and digest; what the log does not name is called by its role alone. */
function release(side: 'champion' | 'challenger', shadow: Shadow): Inline[] {
  const { name, digest } = shadow[side];
  const shown = name === side ? text('not named') : code(clipText(name, NAME_LENGTH));
  return digest === undefined ? [shown] : [shown, text(' '), code(short(digest))];
}

function item(term: string, ...inlines: Inline[]): { term: string; inlines: Inline[] } {
  return { term, inlines };
}

function short(digest: string): string {
  return digest.slice('sha256:'.length, 'sha256:'.length + 12);
}

function moment(time: string): string {
  return `${time.slice(0, 16).replace('T', ' ')} UTC`;
}
