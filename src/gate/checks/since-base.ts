import type { CheckResult } from '../../core/check.ts';
import { formatCount } from '../../core/format-number.ts';
import type { DataFacts, GateFacts, SinceBase } from '../facts.ts';
import { quote } from '../mapping/sentences.ts';
import type { Check } from './check.ts';
import { result } from './check.ts';

/** What the change itself edits of its own examination: the gates are shown first, a frozen reference set that is another one holds. */
export const checkSinceBase: Check = (facts, settings) =>
  facts.sinceBase === undefined
    ? []
    : [...gates(facts.sinceBase), ...frozen(facts.sinceBase, facts, settings.data.frozenMayChange === true)];

const MOST = 8;

function gates({ gates: changes, revision }: SinceBase): CheckResult[] {
  const base = { id: 'gates', check: 'gates', role: 'inform', outcome: 'hold' } as const;
  if (!changes.known)
    return [
      result({
        ...base,
        reason: 'base-unreadable',
        message: `Whether this change edits the gates cannot be told: the config at ${short(revision)} is not readable (${changes.why})`,
        settle: 'Compare the two configs by eye.',
      }),
    ];
  if (changes.value.length === 0) return [];
  const shown = changes.value.slice(0, MOST).map(({ what, before, now }) => `${what} ${before} → ${now}`);
  const more = changes.value.length - shown.length;
  const rest = more > 0 ? ` and ${formatCount(more)} more` : '';
  return [
    result({
      ...base,
      reason: 'gates-changed',
      message: `This change also edits the gates: ${shown.join(', ')}${rest}.`,
      settle: 'Agree to the new gates before reading the verdict: it is theirs.',
    }),
  ];
}

function frozen(base: SinceBase, { data }: GateFacts, allowed: boolean): CheckResult[] {
  if (base.frozen === undefined) return [];
  const now = data.find((each) => each.role === 'frozen');
  const seen = difference(base, base.frozen, now);
  if (seen === undefined) return [];
  return [
    result({
      id: 'gates.frozen',
      check: 'gates',
      role: allowed ? 'inform' : 'gate',
      outcome: 'hold',
      reason: 'reference-changed',
      subject: 'frozen',
      message: seen,
      settle: allowed
        ? 'The config accepts it (frozen_may_change); take that out again once it is merged.'
        : 'Restore it; or, where it was meant to change, accept it in this change: gates: { data: { frozen_may_change: true } }.',
    }),
  ];
}

/** How the frozen table is another one than at the base commit; `undefined` where it is the same. */
function difference(
  { revision }: SinceBase,
  before: NonNullable<SinceBase['frozen']>,
  now: DataFacts | undefined,
): string | undefined {
  const at = `at the base commit ${short(revision)}`;
  if (!before.known)
    return `Whether the frozen reference set is still the same cannot be told: it could not be read ${at} (${before.why})`;
  const { path, digest } = before.value;
  if (now === undefined)
    return `The frozen reference set ${quote(path)}, which was gated ${at}, is not gated any more.`;
  if (now.digest === digest) return undefined;
  const was = path === now.path ? '' : ` (it was ${quote(path)})`;
  return `The frozen reference set ${quote(now.path)}${was} is not the one ${at}: a reference set that never changes has changed, so results before and after do not compare.`;
}

function short(revision: string): string {
  return revision.slice(0, 7);
}
