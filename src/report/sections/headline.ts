import type { CheckResult } from '../../core/check.ts';
import type { Verdict } from '../../core/verdict.ts';
import { isFalseDeclaration } from '../check-order.ts';
import { text, type Block } from '../document.ts';
import { formatCount } from '../../core/format-number.ts';
import { clipText } from '../visible-text.ts';

const NAME_LENGTH = 40;

/** The heading, a caution where the change edits its own gates, and one sentence: the binding reason and what would settle it. */
export function headline(verdict: Verdict): Block[] {
  return [
    {
      kind: 'heading',
      level: 1,
      inlines: [{ kind: 'outcome', outcome: verdict.outcome, loud: true }, text(` — ${judgement(verdict)}`)],
    },
    ...changedGates(verdict).map(({ message, settle = '' }): Block => ({
      kind: 'callout',
      title: 'Caution.',
      inlines: [text(`${message} ${settle}`.trim())],
    })),
    { kind: 'paragraph', tone: 'lead', inlines: [text(reasonSentence(verdict))] },
  ];
}

/** The heading as plain text: `HOLD — bank 1.8.0 is not proved safe for production`. */
export function headlineText(verdict: Verdict): string {
  return `${verdict.outcome.toUpperCase()} — ${judgement(verdict)}`;
}

/** What the change edits of its own gates: told before anything that those gates found. */
export function changedGates({ checks }: Verdict): CheckResult[] {
  return checks.filter((check) => check.check === 'gates' && check.role === 'inform');
}

/** Whether any check counted: a verdict without gates is a hold of its own kind. */
export function hasGates({ checks }: Verdict): boolean {
  return checks.some((check) => check.role === 'gate');
}

/** The reason of a verdict, false declarations first, with the rows that would settle a hold where nothing else tells them. */
export function reasonSentence(verdict: Verdict): string {
  const claim = verdict.checks.find(isFalseDeclaration);
  const told = claim === undefined || claim.id === verdict.binding ? [] : [claim.message];
  const reason = [...new Set([...told, verdict.reason, ...proof(verdict)])].join(' ');
  const binding = verdict.checks.find((check) => check.id === verdict.binding);
  const rows = binding?.rowsNeeded;
  if (rows === undefined || binding?.settle !== undefined || reason.includes(formatCount(rows)))
    return reason;
  return `${reason.replace(/\.\s*$/, '')}; about ${formatCount(rows)} labelled rows in all would settle it.`;
}

/** What a shadow that passes has proved of quality: its verdict's reason only counts the gates. */
function proof({ kind, outcome, reason, checks }: Verdict): string[] {
  if (kind !== 'shadow' || outcome !== 'pass') return [];
  const first = checks.find(
    ({ check, role }) => role === 'gate' && (check === 'champion' || check === 'metrics'),
  );
  return first === undefined || reason.includes(first.message) ? [] : [first.message];
}

function judgement(verdict: Verdict): string {
  const named = verdict.shadow?.challenger.name;
  const version = verdict.version ?? (named === 'challenger' ? undefined : named);
  const name = version === undefined ? verdict.model : `${verdict.model} ${version}`;
  if (verdict.kind === 'shadow') return `${name} in shadow of ${championName(verdict)} ${predicate(verdict)}`;
  const elsewhere = verdict.predictions === 'elsewhere' ? ' (predicted elsewhere)' : '';
  return `${name} ${predicate(verdict)}${elsewhere}`;
}

/** The release that serves, as far as it is known by name. */
function championName({ shadow }: Verdict): string {
  const name = shadow?.champion.name;
  return name === undefined || name === 'champion' ? 'the champion' : clipText(name, NAME_LENGTH);
}

function predicate(verdict: Verdict): string {
  const { environment, outcome, kind } = verdict;
  switch (outcome) {
    case 'pass':
      return environment === undefined ? `passes its ${kind}` : `is safe to promote to ${environment}`;
    case 'hold':
      if (!hasGates(verdict)) return 'was measured, but no gate was set';
      return environment === undefined ? 'is not proved safe' : `is not proved safe for ${environment}`;
    case 'fail':
      return environment === undefined
        ? `does not pass its ${kind}`
        : `must not be promoted to ${environment}`;
    case 'error':
      return environment === undefined ? 'could not be judged' : `could not be judged for ${environment}`;
    default:
      return outcome satisfies never;
  }
}
