import { formatCount } from '../../core/format-number.ts';
import type { CheckResult } from '../../core/check.ts';
import type { DataFacts, GateFacts, PeculiarProbe, Probes } from '../facts.ts';
import { countOf, listNames, quote } from '../../verdict/sentences.ts';
import type { GateSettings } from '../settings.ts';
import { result, unmeasured } from '../../verdict/check-result.ts';
import type { Check } from './check.ts';

/** The answers make sense: finite, probabilities that sum to 1, batches of one, many and none; peculiar rows as the contract says. */
export const checkSmoke: Check = (facts, settings) => {
  if (facts.challenger === undefined) return [];
  const probes = facts.probes;
  if (probes === undefined) {
    return [
      result({
        id: 'smoke',
        check: 'smoke',
        role: 'gate',
        outcome: 'error',
        reason: 'not-measured',
        message: `The model could not be tried on any row: ${untried(facts)}`,
      }),
    ];
  }
  return [...facts.data.map((data) => sane(data, facts)), batches(probes), ...peculiar(probes, settings)];
};

function untried({ challenger, data }: GateFacts): string {
  const facts = [challenger?.opened, challenger?.inputs, challenger?.outputs, data[0]?.challenger];
  const reason = facts.find((fact) => fact?.known === false);
  return reason?.known === false ? reason.why : 'the table has no rows.';
}

function sane(data: DataFacts, facts: GateFacts): CheckResult {
  const base = {
    id: data.role === 'frozen' ? 'smoke.frozen' : 'smoke',
    check: 'smoke',
    role: 'gate',
    subject: data.role,
    n: data.rows,
  } as const;
  if (!data.challenger.known)
    return result({
      ...base,
      outcome: 'error',
      reason: 'not-measured',
      message: `No usable answers on ${countOf(data.rows, 'row')}: ${data.challenger.why}`,
    });
  if (data.rows === 0 || data.challenger.value.answers === undefined)
    return result({
      ...base,
      outcome: 'error',
      reason: 'not-measured',
      message: `The model answered no row of ${quote(data.path)}.`,
    });
  const unsound = unsoundRows(data, facts);
  if (unsound !== undefined)
    return result({
      ...base,
      outcome: 'fail',
      reason: 'bad-probabilities',
      message: unsound,
      settle: 'Export the model with probabilities that sum to 1.',
    });
  const kind =
    facts.task.known && facts.task.value.endsWith('classification')
      ? 'are probabilities that sum to 1'
      : 'are finite';
  return result({
    ...base,
    outcome: 'pass',
    reason: 'sane',
    message: `All answers on ${countOf(data.rows, 'row')} ${kind}.`,
  });
}

/** Slack of a float32 sum of K probabilities. */
const SUM_SLACK = 1e-4;

function unsoundRows(data: DataFacts, facts: GateFacts): string | undefined {
  const answers = data.challenger.known ? data.challenger.value.answers : undefined;
  const classifier = facts.task.known && facts.task.value.endsWith('classification');
  if (answers === undefined || !classifier || answers.width < 2) return undefined;
  for (let row = 0; row < answers.rows; row++) {
    let sum = 0;
    for (let k = 0; k < answers.width; k++) sum += answers.numbers[row * answers.width + k] ?? Number.NaN;
    if (!(Math.abs(sum - 1) <= SUM_SLACK))
      return `The probabilities of row ${formatCount(row + 1)} sum to ${sum.toPrecision(6)}, not to 1.`;
  }
  return undefined;
}

function batches(probes: Probes): CheckResult {
  const base = { id: 'smoke.batches', check: 'smoke', role: 'gate' } as const;
  const silent = unanswered(probes);
  if (silent !== undefined)
    return result({ ...base, outcome: 'error', reason: 'not-measured', message: silent });
  const broken = probes.batches.flatMap(({ rows, result: got }) =>
    got.known ? wrongCount(rows, got.value) : [],
  );
  const sizes = probes.batches.map(({ rows }) => formatCount(rows)).join(', ');
  if (broken.length > 0)
    return result({
      ...base,
      outcome: 'fail',
      reason: 'batch-size',
      message: `The model does not answer every batch size: ${broken.join('; ')}.`,
      settle: 'Export the model with a free first dimension.',
    });
  return result({
    ...base,
    outcome: 'pass',
    reason: 'answers',
    measured: sizes,
    message: `Answers batches of ${sizes} rows.`,
  });
}

/** Why no batch tells anything: the model is gone, or refuses every row there is. */
function unanswered({ batches }: Probes): string | undefined {
  const gone = batches.find(({ result: got }) => !got.known);
  if (gone !== undefined && !gone.result.known) return gone.result.why;
  const rows = batches.filter((batch) => batch.rows > 0).map(({ result: got }) => got.known && got.value);
  const refusals = rows.flatMap((answer) =>
    answer !== false && answer.kind === 'refused' ? [answer.message] : [],
  );
  if (rows.length === 0) return 'No batch was tried.';
  return refusals.length === rows.length ? `The model refuses every batch: ${refusals[0]}` : undefined;
}

/** An empty batch may be refused; it must not come back with rows. */
function wrongCount(
  rows: number,
  answer: { kind: 'answered'; rows: number } | { kind: 'refused'; message: string },
): string[] {
  if (answer.kind === 'refused')
    return rows === 0 ? [] : [`a batch of ${rows} is refused (${answer.message})`];
  return answer.rows === rows ? [] : [`a batch of ${rows} gives ${countOf(answer.rows, 'answer')}`];
}

function peculiar(probes: Probes, settings: GateSettings): CheckResult[] {
  return [
    peculiarCheck({
      id: 'smoke.missing',
      what: 'a missing value',
      role: settings.missing === 'answer' ? 'gate' : 'inform',
      probe: probes.missing,
      refusedBefore: settings.missing === 'refused',
    }),
    peculiarCheck({
      id: 'smoke.extreme',
      what: 'an extreme value',
      role: 'inform',
      probe: probes.extreme,
      refusedBefore: false,
    }),
  ];
}

interface Peculiar {
  id: string;
  what: string;
  role: 'gate' | 'inform';
  probe: Probes['missing'];
  refusedBefore: boolean;
}

function peculiarCheck({ id, what, role, probe, refusedBefore }: Peculiar): CheckResult {
  const base = { id, check: 'smoke', role } as const;
  if (refusedBefore)
    return result({
      ...base,
      outcome: 'pass',
      reason: 'refused-by-serving',
      message: `Rows with ${what} never reach the model: the contract says that serving refuses them.`,
    });
  if (!probe.known)
    return result({
      ...base,
      outcome: unmeasured(role),
      reason: 'not-measured',
      message: `Not tried with ${what}: ${probe.why}`,
    });
  const { rows, nonFinite, refused } = probe.value;
  const rest = untriedFeatures(probe.value);
  if (rows === 0)
    return result({
      ...base,
      outcome: unmeasured(role),
      reason: 'not-measured',
      message: `Not tried with ${what}: no row.`,
    });
  if (role === 'gate' && nonFinite.length === 0 && refused.length > 0)
    return result({
      ...base,
      outcome: 'fail',
      reason: 'refused',
      n: rows,
      message: `With ${what} the model refuses the row for ${countOf(refused.length, 'feature')} (${listNames(refused)}), and the contract asks for an answer.${rest}`,
      settle: 'Impute inside the model, or have serving refuse such rows (contract: { missing: refused }).',
    });
  if (nonFinite.length === 0)
    return result({
      ...base,
      outcome: 'pass',
      reason: 'answers',
      n: rows,
      message: `${peculiarPass(what, probe.value)}${rest}`,
    });
  return result({
    ...base,
    outcome: role === 'gate' ? 'fail' : 'hold',
    reason: 'non-finite',
    n: rows,
    message: `With ${what} the answer is NaN or infinite for ${countOf(nonFinite.length, 'feature')}: ${listNames(nonFinite)}.${rest}`,
    settle:
      role === 'gate'
        ? 'Impute inside the model, or have serving refuse such rows (contract: { missing: refused }).'
        : 'Say in the contract what should happen: missing: answer, or missing: refused.',
  });
}

/** A model of very many features is not tried on all of them. */
function untriedFeatures({ rows, untried = 0 }: PeculiarProbe): string {
  return untried === 0
    ? ''
    : ` Tried on the first ${formatCount(rows)} of ${countOf(rows + untried, 'feature')}.`;
}

function peculiarPass(what: string, { rows, refused, untried = 0 }: PeculiarProbe): string {
  if (refused.length === 0)
    return `With ${what} in any feature${untried > 0 ? ' that was tried' : ''} (${countOf(rows, 'row')}) the answer stays finite.`;
  return `With ${what} the model answers with a finite number, or refuses the row (${listNames(refused)}).`;
}
