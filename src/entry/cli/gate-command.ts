import type { GateRun } from '../../app/gate/run-gate.ts';
import { REPORT_FILES, REPORT_FOLDER } from '../../app/gate/report-files.ts';
import { runGate } from '../../app/gate/run-gate.ts';
import { nodeFiles } from '../../adapters/files/node-files.ts';
import { describeChange } from '../../adapters/runner/describe-change.ts';
import { exitCodeOf } from '../../core/outcome.ts';
import { toTerminal } from '../../report/to-terminal.ts';
import { visibleText } from '../../report/visible-text.ts';
import { summaryLine } from '../../report/summary-line.ts';
import { gatePorts } from '../gate-ports.ts';
import type { GateWish } from '../prepare-gate.ts';
import { prepareGate } from '../prepare-gate.ts';
import { onlyOne, parseFlags } from './parse-flags.ts';
import { terminalProgress } from './progress.ts';
import type { Command, Host } from './run-cli.ts';

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;
const OPTIONS = {
  data: text,
  label: text,
  id: text,
  against: text,
  task: text,
  features: text,
  positive: text,
  classes: text,
  slice: { type: 'string', multiple: true },
  predictions: text,
  champion: text,
  challenger: text,
  config: text,
  model: text,
  environment: text,
  artifact: text,
  out: text,
  json: flag,
  quiet: flag,
  'no-color': flag,
} as const;

const WISHES = [
  'against',
  'data',
  'label',
  'id',
  'task',
  'features',
  'positive',
  'classes',
  'predictions',
  'challenger',
  'champion',
  'config',
  'model',
  'environment',
] as const;

type Flags = ReturnType<typeof parseFlags<typeof OPTIONS>>['values'];

/** `known-good gate`. */
export const gateCommand: Command = async (args, host) => {
  const { values, positionals } = parseFlags(args, OPTIONS);
  const artifact = onlyOne(positionals) ?? values.artifact;
  const progress = terminalProgress(host, values.quiet || values.json);
  const out = values.out ?? REPORT_FOLDER;
  await nodeFiles.remove(out, REPORT_FILES);
  const prepared = await prepareGate(wishOf(values, artifact), {
    cwd: host.cwd(),
    ...describeChange(host.env),
  });
  try {
    const run = await runGate(prepared.request, gatePorts(host.env, progress.step));
    progress.done();
    await nodeFiles.write(out, run.files);
    host.stdout.write(rendered(run, { values, host, out }));
    return exitCodeOf(run.verdict.outcome);
  } finally {
    progress.done();
    await prepared.remove();
  }
};

function wishOf(values: Flags, artifact: string | undefined): GateWish {
  const named = pick(values, WISHES);
  return {
    ...named,
    ...(artifact === undefined ? {} : { artifact }),
    ...(values.slice === undefined ? {} : { slices: values.slice }),
  };
}

/** The named flags that were given. */
function pick<K extends keyof Flags>(
  values: Flags,
  keys: readonly K[],
): { [P in K]?: NonNullable<Flags[P]> } {
  const given = keys.filter((key) => values[key] !== undefined).map((key) => [key, values[key]]);
  return Object.fromEntries(given) as { [P in K]?: NonNullable<Flags[P]> };
}

function rendered(run: GateRun, { values, host, out }: { values: Flags; host: Host; out: string }): string {
  if (values.json) return run.files['verdict.json'];
  if (values.quiet) return `${summaryLine(run.verdict)}\n`;
  const color = host.stdout.isTTY === true && !values['no-color'] && host.env['NO_COLOR'] === undefined;
  return `${toTerminal(run.report, { color })}${guesses(run)}\nThe whole report: ${out}/report.html\n`;
}

/** What was guessed is no secret of a folded section: whoever reads the verdict here reads this too. */
function guesses({ verdict }: GateRun): string {
  if (verdict.assumptions.length === 0) return '';
  return `\nGuessed, because nobody said it:\n${verdict.assumptions.map((each) => `  ${visibleText(each)}\n`).join('')}`;
}
