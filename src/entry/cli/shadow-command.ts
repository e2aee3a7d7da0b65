import { nodeFiles } from '../../adapters/files/node-files.ts';
import { REPORT_FILES, REPORT_FOLDER } from '../../app/gate/report-files.ts';
import { runShadow, type ShadowRun } from '../../app/shadow/run-shadow.ts';
import { exitCodeOf } from '../../core/outcome.ts';
import { summaryLine } from '../../report/summary-line.ts';
import { toTerminal } from '../../report/to-terminal.ts';
import { visibleText } from '../../report/visible-text.ts';
import { prepareShadow, type ShadowWish } from '../prepare-shadow.ts';
import { shadowPorts } from '../shadow-ports.ts';
import { onlyOne, parseFlags } from './parse-flags.ts';
import { terminalProgress } from './progress.ts';
import { openShadowLedger } from './shadow-ledger.ts';
import type { Command, Host } from './run-cli.ts';

const text = { type: 'string' } as const;
const many = { type: 'string', multiple: true } as const;
const flag = { type: 'boolean', default: false } as const;
const OPTIONS = {
  log: many,
  labels: many,
  champion: text,
  challenger: text,
  task: text,
  positive: text,
  threshold: text,
  reference: text,
  slice: many,
  'gate-verdict': text,
  config: text,
  model: text,
  environment: text,
  ledger: text,
  out: text,
  json: flag,
  quiet: flag,
  'no-color': flag,
} as const;

type Flags = ReturnType<typeof parseFlags<typeof OPTIONS>>['values'];

/** `known-good shadow`. */
export const shadowCommand: Command = async (args, host) => {
  const { values, positionals } = parseFlags(args, OPTIONS);
  const out = values.out ?? REPORT_FOLDER;
  const progress = terminalProgress(host, values.quiet || values.json);
  const wish = wishOf(values, onlyOne(positionals), out);
  // The report from before tells how often was looked; nothing of it may outlive a run that fails.
  const request = await prepareShadow(wish, () => openShadowLedger(values, host)).finally(() =>
    nodeFiles.remove(out, REPORT_FILES),
  );
  try {
    const run = await runShadow(request, shadowPorts(host.env, progress.step));
    progress.done();
    await nodeFiles.write(out, run.files);
    host.stdout.write(rendered(run, { values, host, out }));
    return exitCodeOf(run.verdict.outcome);
  } finally {
    progress.done();
  }
};

function wishOf(values: Flags, log: string | undefined, out: string): ShadowWish {
  const named = {
    config: values.config,
    model: values.model,
    environment: values.environment,
    champion: values.champion,
    challenger: values.challenger,
    task: values.task,
    positive: values.positive,
    threshold: values.threshold,
    reference: values.reference,
    promised: values['gate-verdict'],
  };
  const given = Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined));
  return {
    ...(given as Partial<ShadowWish>),
    log: [...(log === undefined ? [] : [log]), ...(values.log ?? [])],
    labels: values.labels ?? [],
    slices: values.slice ?? [],
    out,
  };
}

function rendered(run: ShadowRun, { values, host, out }: { values: Flags; host: Host; out: string }): string {
  if (values.json) return run.files['verdict.json'];
  if (values.quiet) return `${summaryLine(run.verdict)}\n`;
  const color = host.stdout.isTTY === true && !values['no-color'] && host.env['NO_COLOR'] === undefined;
  return `${toTerminal(run.report, { color })}${guesses(run)}\nThe whole report: ${out}/report.html\n`;
}

/** What was guessed is no secret of a folded section: whoever reads the verdict here reads this too. */
function guesses({ verdict }: ShadowRun): string {
  if (verdict.assumptions.length === 0) return '';
  return `\nGuessed, because nobody said it:\n${verdict.assumptions.map((each) => `  ${visibleText(each)}\n`).join('')}`;
}
