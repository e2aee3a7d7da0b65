import type { CheckResult } from '../../core/check.ts';
import { formatCount } from '../../core/format-number.ts';
import type { ComparedWithBase, DataFacts, GateChange, JudgedBy, SinceBase } from '../facts.ts';
import { quote } from '../../verdict/sentences.ts';
import type { Check } from './check.ts';
import { result } from '../../verdict/check-result.ts';
import { championSinceBase } from './champion-since-base.ts';
import { frozenSinceBase, holdsUnlessAllowed } from './frozen-since-base.ts';
import { judgedByBase } from './judged-by-base.ts';

/**
 * What the change itself edits of its own examination. Gates are shown first; a frozen reference set or a champion that is another one holds.
 * On a pull request the base branch's gates judge, and whatever else it edits of its examination holds.
 */
export const checkSinceBase: Check = (facts, settings) => {
  const { sinceBase, judgedBy, data } = facts;
  const judge = judgedByBase(facts);
  if (sinceBase === undefined) return judge;
  const allowed = settings.data.frozenMayChange === true;
  // That there is no base commit is why its gates are not to be had.
  if (sinceBase.kind === 'no-base')
    return judgedBy === undefined ? [noBase(sinceBase, data, allowed)] : judge;
  const onPull = judgedBy !== undefined;
  return [
    ...judge,
    ...gates(sinceBase, judgedBy),
    ...(onPull ? examination(sinceBase) : []),
    ...editedFiles(sinceBase, onPull),
    ...championSinceBase(sinceBase),
    ...frozenSinceBase(sinceBase, data, { allowed, onPull }),
  ];
};

type NoBase = Extract<SinceBase, { kind: 'no-base' }>;

/** Gates that nobody can compare are a caution; a frozen reference set that nobody can compare is not proved to be one. */
function noBase({ why, settle }: NoBase, data: readonly DataFacts[], allowed: boolean): CheckResult {
  const frozen = data.find((each) => each.role === 'frozen');
  const what =
    frozen === undefined ? 'The gates' : `The gates and the frozen reference set ${quote(frozen.path)}`;
  return result({
    id: 'gates.base',
    check: 'gates',
    role: frozen === undefined ? 'inform' : holdsUnlessAllowed(allowed),
    outcome: 'hold',
    reason: 'no-base',
    message: `${what} could not be compared with a base commit: ${why}.`,
    settle,
  });
}

const MOST = 8;

function gates(
  { gates: changes, revision, absent }: ComparedWithBase,
  judgedBy: JudgedBy | undefined,
): CheckResult[] {
  const base = { id: 'gates', check: 'gates', role: 'inform', outcome: 'hold' } as const;
  if (absent !== undefined)
    return [
      result({
        ...base,
        reason: 'new-gates',
        message: `${absent} So these gates could not be compared with earlier ones.`,
        settle: 'Agree to all of them before reading the verdict: it is theirs.',
      }),
    ];
  if (!changes.known)
    return [
      result({
        ...base,
        reason: 'base-unreadable',
        message: `Whether this change edits the gates cannot be told, because the config at ${short(revision)} is not readable: ${changes.why}`,
        settle: 'Compare the two configs by eye.',
      }),
    ];
  const own = changes.value.filter(({ asking }) => judgedBy === undefined || asking !== true);
  if (own.length === 0) return [];
  if (judgedBy?.kind === 'base')
    return [
      result({
        ...base,
        reason: 'gates-changed',
        message: `This pull request changes its own gates: ${listed(own)}. It is judged by those of the base branch (${short(judgedBy.commit)}), not by its own.`,
        settle: 'Its own gates judge what comes after it is merged: agree to them, or have them taken out.',
      }),
    ];
  return [
    result({
      ...base,
      reason: 'gates-changed',
      message: `This change also edits the gates: ${listed(own)}.`,
      settle: 'Agree to the new gates before reading the verdict: it is theirs.',
    }),
  ];
}

function listed(changes: readonly GateChange[]): string {
  const shown = changes.slice(0, MOST).map(({ what, before, now }) => `${what} ${before} → ${now}`);
  const more = changes.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${formatCount(more)} more` : ''}`;
}

const ALONE =
  'A pull request that edits its own examination never passes: agree to that by merging it in one of its own.';

/** How the model is asked and on what comes from the pull request itself, for a new input needs it: such a change is no pass. */
function examination({ gates: changes }: ComparedWithBase): CheckResult[] {
  const asking = changes.known ? changes.value.filter((change) => change.asking === true) : [];
  if (asking.length === 0) return [];
  return [
    result({
      id: 'gates.examination',
      check: 'gates',
      role: 'gate',
      outcome: 'hold',
      reason: 'examination-changed',
      message: `This pull request changes how its model is examined: ${listed(asking)}.`,
      settle: ALONE,
    }),
  ];
}

function editedFiles({ edited, revision }: ComparedWithBase, onPull: boolean): CheckResult[] {
  if (edited.length === 0) return [];
  const list = edited.map(({ what, path }) => `${what} ${quote(path)}`).join(', ');
  return [
    result({
      id: 'gates.files',
      check: 'gates',
      role: onPull ? 'gate' : 'inform',
      outcome: 'hold',
      reason: 'files-changed',
      message: `This change also edits what is measured with: ${list} (not as at the base commit ${short(revision)}).`,
      settle: onPull
        ? ALONE
        : 'Look at what was edited before reading the verdict: results before and after do not compare.',
    }),
  ];
}

function short(revision: string): string {
  return revision.slice(0, 7);
}
