import { CHECKS, type CheckResult } from '../../core/check.ts';
import type { Verdict } from '../../core/verdict.ts';
import { renderBars } from '../charts/interval-bars.ts';
import { CHECK_TITLES, checkName } from '../check-name.ts';
import { byImportance, isTelling } from '../check-order.ts';
import { baselineOf, checkTable, EVERY_LOOK, ONE_LOOK } from '../check-table.ts';
import { strong, text, type Block } from '../document.ts';
import { formatCount } from '../../core/format-number.ts';
import { intervalRow } from '../interval-rows.ts';
import { clipText } from '../visible-text.ts';

const MOST_ROWS = 6;
const MESSAGE_LENGTH = 300;
/** What the intervals of a report are: a shadow is looked at more than once. */
const INTERVALS = { gate: ONE_LOOK, shadow: EVERY_LOOK } as const;
const LOOKS = { gate: '', shadow: ' Look as often as you like: the intervals stay valid.' } as const;

/** The table of at most six rows, its intervals against their limits, and a line on the checks not shown in it. */
export function leadingChecks(verdict: Verdict): Block[] {
  const shown = byImportance(verdict)
    .filter((check) => (check.role === 'gate' && check.outcome !== 'pass') || isTelling(check, verdict.kind))
    .filter((check) => !repeatsGate(check, verdict.checks))
    .slice(0, MOST_ROWS);
  const others = verdict.checks.filter((check) => !shown.includes(check));
  const table: Block[] =
    shown.length === 0
      ? []
      : [{ ...checkTable(shown, 'The checks that matter most', INTERVALS[verdict.kind]), prominent: true }];
  return [
    ...table,
    ...unmeasured(shown, verdict),
    ...intervalBlock(shown, verdict.kind),
    ...otherLines(others),
  ];
}

/** A metric shown for information, where a gate on the same rows already shows both values. */
function repeatsGate(check: CheckResult, all: readonly CheckResult[]): boolean {
  const { role, metric, subject } = check;
  return (
    role === 'inform' &&
    metric !== undefined &&
    all.some((other) => other.role === 'gate' && other.metric === metric && other.subject === subject)
  );
}

function intervalBlock(shown: readonly CheckResult[], kind: Verdict['kind']): Block[] {
  const rows = shown.map(intervalRow).filter((row) => row !== undefined);
  if (rows.length === 0) return [];
  const referenceName = baselineOf(shown) === 'naive' ? 'naive' : 'champion';
  const chart = {
    kind: 'intervals',
    id: 'intervals',
    title: 'Intervals against their limits',
    description: rows.map((row) => `${row.label}: ${row.numbers}, ${row.outcome}.`).join(' '),
    rows,
    referenceName,
  } as const;
  return [
    { kind: 'chart', chart, text: [{ kind: 'code', text: renderBars(rows, referenceName) }] },
    barKey(kind),
  ];
}

function barKey(kind: Verdict['kind']): Block {
  const key =
    'Each bar is a measured value with its 90 % interval, on its own scale. Wholly to the right of the limit is proved; across it is not proved either way.';
  return { kind: 'paragraph', tone: 'quiet', inlines: [text(key + LOOKS[kind])] };
}

/** What happened in the rows that have no number to show; the binding one is told above the table. */
function unmeasured(shown: readonly CheckResult[], { binding, reason }: Verdict): Block[] {
  const mute = shown.filter(
    ({ id, outcome, measured }) => outcome !== 'pass' && typeof measured !== 'number' && id !== binding,
  );
  const told = mute.map((check) => ({
    name: checkName(check),
    says: hasCause(check, reason) ? 'For the same reason.' : clipText(check.message, MESSAGE_LENGTH),
  }));
  const sentences = [...new Set(told.map(({ says }) => says))];
  if (sentences.length === 0) return [];
  const items = sentences.map((says) => {
    const names = told.filter((each) => each.says === says).map(({ name }) => name);
    return [strong(`${names.join(', ')}:`), text(` ${says}`)];
  });
  return [{ kind: 'list', items }];
}

/** Shorter endings are alike by chance. */
const SHORTEST_CAUSE = 20;

/** What follows the first colon of a message, where the reason of the verdict ends so as well. */
function hasCause({ message }: CheckResult, reason: string): boolean {
  const cause = message.slice(message.indexOf(': ') + 2);
  return cause.length >= SHORTEST_CAUSE && reason.endsWith(cause);
}

function otherLines(others: readonly CheckResult[]): Block[] {
  const gates = others.filter((check) => check.role === 'gate');
  const groups = [
    { title: 'Not shown above, not passed:', checks: gates.filter((check) => check.outcome !== 'pass') },
    { title: 'Passed besides:', checks: gates.filter((check) => check.outcome === 'pass') },
    {
      title: 'Informs only, not passed:',
      checks: others.filter((check) => check.role === 'inform' && check.outcome !== 'pass'),
    },
  ];
  return groups
    .filter(({ checks }) => checks.length > 0)
    .map(({ title, checks }) => ({
      kind: 'paragraph',
      inlines: [strong(title), text(` ${countedNames(checks)}.`)],
    }));
}

const NAMED_ALONE = 2;

/**
 * What the checks are called: one or two by their own names, more of a kind by the kind and their number
 * (`structure (3)`). Slices are always counted: their names are foreign and many.
 */
function countedNames(checks: readonly CheckResult[]): string {
  return CHECKS.flatMap((name) => {
    const own = checks.filter((check) => check.check === name);
    if (own.length <= NAMED_ALONE && name !== 'slices')
      return own.map((check) => inSentence(checkName(check)));
    const title = CHECK_TITLES[name].toLowerCase();
    return own.length === 0 ? [] : [own.length === 1 ? title : `${title} (${formatCount(own.length)})`];
  }).join(', ');
}

/** `Peak memory` → `peak memory`; what begins with an abbreviation stays. */
function inSentence(name: string): string {
  return /^[A-Z][a-z]/.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name;
}
