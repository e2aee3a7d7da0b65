import type { CheckResult } from '../../core/check.ts';
import { formatCount } from '../../core/format-number.ts';
import type { ComparedWithBase, DataFacts, SinceBase } from '../facts.ts';
import { quote } from '../../verdict/sentences.ts';
import type { Check } from './check.ts';
import { result } from '../../verdict/check-result.ts';
import { championSinceBase } from './champion-since-base.ts';
import { frozenSinceBase, holdsUnlessAllowed } from './frozen-since-base.ts';

/** What the change itself edits of its own examination: gates and tables are shown first; a frozen reference set or a champion that is another one holds. */
export const checkSinceBase: Check = ({ sinceBase, data }, settings) => {
  if (sinceBase === undefined) return [];
  const allowed = settings.data.frozenMayChange === true;
  if (sinceBase.kind === 'no-base') return [noBase(sinceBase, data, allowed)];
  return [
    ...gates(sinceBase),
    ...editedFiles(sinceBase),
    ...championSinceBase(sinceBase),
    ...frozenSinceBase(sinceBase, data, allowed),
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

function gates({ gates: changes, revision, absent }: ComparedWithBase): CheckResult[] {
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

function editedFiles({ edited, revision }: ComparedWithBase): CheckResult[] {
  if (edited.length === 0) return [];
  const list = edited.map(({ what, path }) => `${what} ${quote(path)}`).join(', ');
  return [
    result({
      id: 'gates.files',
      check: 'gates',
      role: 'inform',
      outcome: 'hold',
      reason: 'files-changed',
      message: `This change also edits what is measured with: ${list} (not as at the base commit ${short(revision)}).`,
      settle: 'Look at what was edited before reading the verdict: results before and after do not compare.',
    }),
  ];
}

function short(revision: string): string {
  return revision.slice(0, 7);
}
