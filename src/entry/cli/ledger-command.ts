import { showLedger } from '../../app/release/show-ledger.ts';
import { verifyLedger } from '../../app/release/verify-ledger.ts';
import { KnownGoodError } from '../../core/errors.ts';
import { seen } from '../../core/seen.ts';
import { entriesPage, ledgerCheckPage, ledgerProblemLines } from '../../report/release/ledger-page.ts';
import { visibleText } from '../../report/visible-text.ts';
import { parseFlags } from './parse-flags.ts';
import { hasColor, printJson } from './print-result.ts';
import { laneOf, openContext, openWithoutConfig } from './release-context.ts';
import { argumentsOf, countOf, SHARED_FLAGS } from './release-flags.ts';
import type { Command } from './run-cli.ts';

const VERIFY = { ...SHARED_FLAGS, against: { type: 'string' } } as const;
const SHOW = { ...SHARED_FLAGS, limit: { type: 'string' } } as const;
const ENTRIES = 20;
const HEAD = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** `known-good ledger verify|show`. */
export const ledgerCommand: Command = async ([what, ...args], host) => {
  if (what === 'verify') return verify(args, host);
  if (what === 'show') return show(args, host);
  throw new KnownGoodError(
    'usage',
    'Write: known-good ledger verify [--against DIGITS], or known-good ledger show LANE [SEQ].',
  );
};

/** Exit code 1 where something was altered. */
const verify: Command = async (args, host) => {
  const { values, positionals } = parseFlags(args, VERIFY);
  argumentsOf(positionals, { usage: 'ledger verify [--against DIGITS]', least: 0, most: 0 });
  const { against } = values;
  if (against !== undefined && !HEAD.test(against))
    throw new KnownGoodError(
      'usage',
      `--against takes a head of the ledger that was printed earlier, all 40 digits, and saw ${seen(against)}. Commands print it at their end, behind "ledger".`,
    );
  const context = await openWithoutConfig(values, host);
  const report = await verifyLedger(context.ports.ledger, against);
  if (values.json) printJson(context, report);
  else if (values.quiet) host.stdout.write(ledgerProblemLines(report));
  else host.stdout.write(ledgerCheckPage(report, { color: hasColor(context) }));
  return report.problems.length === 0 ? 0 : 1;
};

const show: Command = async (args, host) => {
  const { values, positionals } = parseFlags(args, SHOW);
  const usage = 'ledger show LANE [SEQ]';
  const [text = '', number] = argumentsOf(positionals, { usage, least: 1, most: 2 });
  const seq = number === undefined ? undefined : countOf(number, 1, 'SEQ');
  const limit = countOf(values.limit, ENTRIES, '--limit');
  const context = await openContext(values, host);
  const lane = await laneOf(context, text);
  const shown = await showLedger(context.ports.ledger, lane, { seq, limit });
  const [only] = shown.entries;
  if (values.json) printJson(context, shown);
  else if (seq !== undefined && only !== undefined) {
    const pretty = JSON.stringify(JSON.parse(only.text), undefined, 2).split('\n');
    host.stdout.write(`${only.path}\n${only.digest}\n${pretty.map(visibleText).join('\n')}\n`);
  } else host.stdout.write(entriesPage(shown, { color: hasColor(context) }));
  return 0;
};
