import { nodeFiles } from '../adapters/files/node-files.ts';
import { gatePorts } from '../entry/gate-ports.ts';
import { prepareGate } from '../entry/prepare-gate.ts';
import { runGate } from '../app/gate/run-gate.ts';
import type { Verdict } from '../core/verdict.ts';
import type { DemoHost } from './demo-host.ts';
import { OUTCOME_SYMBOLS } from '../report/outcome-symbol.ts';
import { visibleText } from '../report/visible-text.ts';

/** One challenger of the demo, and the verdict that it must get. */
interface Act {
  model: 'bank' | 'bike';
  name: string;
  what: string;
  expected: Verdict['outcome'];
}

const ACTS: readonly Act[] = [
  {
    model: 'bank',
    name: 'challenger',
    what: 'gradient boosting against the logistic regression that serves',
    expected: 'pass',
  },
  {
    model: 'bank',
    name: 'regressed',
    what: 'the same, trained on columns in reverse order; its pipeline claims it is fine',
    expected: 'fail',
  },
  {
    model: 'bank',
    name: 'leaky',
    what: 'uses the duration of the call, which is known only after the call',
    expected: 'fail',
  },
  { model: 'bank', name: 'equal', what: 'no real difference to the champion', expected: 'hold' },
  {
    model: 'bike',
    name: 'challenger',
    what: 'gradient boosting against the neural network that serves',
    expected: 'pass',
  },
  {
    model: 'bike',
    name: 'regressed',
    what: 'two columns swapped in training; its pipeline claims it is fine',
    expected: 'fail',
  },
];

const CONFIG = 'test/fixtures/known-good.yml';

/** Gates six real models in the repository's root, prints what happened; whether each verdict is the right one. */
export async function gateSixModels(host: DemoHost): Promise<boolean> {
  host.stdout.write(`Six real models meet the gates of ${CONFIG}\n\n`);
  const right = [];
  for (const act of ACTS) right.push(await play(act, host));
  const wrong = right.filter((each) => !each).length;
  if (wrong > 0) host.stdout.write(`${wrong} verdicts are not the expected ones.\n`);
  return wrong === 0;
}

async function play({ model, name, what, expected }: Act, host: DemoHost): Promise<boolean> {
  const artifact = `test/fixtures/artifacts/${model}-${name}`;
  const prepared = await prepareGate(
    { config: CONFIG, model, artifact },
    { cwd: host.cwd(), baseBranch: undefined, pullRequest: false },
  );
  const { verdict, files } = await runGate(
    prepared.request,
    gatePorts(host.env, () => undefined),
  );
  await prepared.remove();
  const out = `known-good-report/${model}-${name}`;
  await nodeFiles.write(out, files);
  host.stdout.write(
    `${OUTCOME_SYMBOLS[verdict.outcome]} ${verdict.outcome.toUpperCase().padEnd(5)} ${model} ${name}: ${what}\n`,
  );
  host.stdout.write(`  ${visibleText(verdict.reason)}\n  ${out}/report.html\n\n`);
  return verdict.outcome === expected;
}
