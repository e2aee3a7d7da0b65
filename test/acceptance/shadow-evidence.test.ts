import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeReleasePlace, type Ended, type ReleasePlace } from '../support/release-place.ts';
import { smallShadow } from '../support/small-shadow.ts';
import type { Verdict } from '../../src/core/verdict.ts';

const CONFIG = '.github/known-good.yml';
const SHADOW = ['shadow', '--model', 'small', '--environment', 'production', '--out', 'shadow'];
const REGISTER = ['register', '--model', 'small', '--evidence', 'shadow/verdict.json'];

let place: ReleasePlace;
let gatesOnly: string;

/** 1.0.0 serves in production, 1.1.0 in staging; from now on production asks for a shadow too. */
beforeAll(async () => {
  place = await makeReleasePlace();
  gatesOnly = place.read(CONFIG);
  for (const command of [
    () => place.build('1.0.0'),
    () => place.run('promote', 'staging'),
    () => place.run('promote', 'production'),
    () => place.build('1.1.0'),
    () => place.run('promote', 'staging'),
  ])
    expectEnd(await command(), 0);
  place.write(CONFIG, withShadow());
  place.write('log.jsonl', smallShadow({ versions: ['1.0.0', '1.1.0'] }));
});
afterAll(() => place.close());

function withShadow(more = ''): string {
  const section = `    shadow:\n      log: [log.jsonl]\n      metrics: { accuracy: { max_drop: 0.1 } }\n${more}environments:`;
  return gatesOnly
    .replace('environments:', section)
    .replace('    tag: prod\n', '    tag: prod\n    requires: [gate, shadow]\n');
}

function expectEnd(ended: Ended, code: number, ...words: (string | RegExp)[]): void {
  const said = `${ended.stdout}\n${ended.stderr}`;
  expect(ended.code, said).toBe(code);
  const unbroken = said.replace(/\s+/g, ' ');
  for (const word of words) expect(unbroken).toMatch(word);
}

const verdict = (): Verdict => JSON.parse(place.read('shadow/verdict.json'));

it('a promotion asks for the shadow that its environment requires', async () => {
  const refused = await place.run('promote', 'production');
  expectEnd(refused, 1, /has no shadow verdict for production/, /evidence-missing/, 'Nothing was changed');
});

it('a log that does not say whose answers it holds is no evidence', async () => {
  const log = place.read('log.jsonl');
  place.write('log.jsonl', smallShadow());
  expectEnd(await place.run(...SHADOW), 2, /does not say which releases answered/);
  expect([verdict().binding, verdict().artifact, verdict().image]).toEqual([
    'log.versions',
    undefined,
    undefined,
  ]);
  expectEnd(await place.run(...REGISTER), 64, /name no image/);
  expectEnd(await place.run(...REGISTER, '--version', '1.1.0'), 1, /Nothing was changed/);
  expectEnd(await place.run('promote', 'production'), 1, /evidence-missing/);
  place.write('log.jsonl', log);
});

it('compares what serves with what was registered last, each by its digest', async () => {
  expectEnd(await place.run(...SHADOW), 0, /small 1\.1\.0 in shadow of 1\.0\.0/);
  const { version, artifact, image, champion, shadow, environment, config } = verdict();
  expect({ version, environment, of: champion?.version }).toEqual({
    version: '1.1.0',
    environment: 'production',
    of: '1.0.0',
  });
  expect([image?.digest, artifact?.digest]).toEqual([
    shadow?.challenger.digest,
    expect.stringMatching(/^sha256:/),
  ]);
  expect([config?.path, shadow?.bound]).toEqual([CONFIG, 'versions']);
});

it('is refused as evidence of another shadow section, and of none that passes', async () => {
  expectEnd(await place.run(...REGISTER), 0, /with 2 verdicts \(gate: pass, shadow: pass\)/);
  place.write(CONFIG, withShadow('      disagreement: { max: 0.2 }\n'));
  expectEnd(await place.run('promote', 'production'), 1, /evidence-gates-changed/, /shadow --model small/);
  place.write('log.jsonl', smallShadow({ versions: ['1.0.0', '1.1.0'], isBad: true }));
  expectEnd(await place.run(...SHADOW), 1);
  expectEnd(await place.run(...REGISTER), 0, /shadow: fail/);
  expectEnd(await place.run('promote', 'production'), 1, /shadow verdict of 1\.1\.0 .* is fail/);
});

it('lets the promotion through once it is registered, and why shows that it rests on both', async () => {
  place.write(CONFIG, withShadow());
  place.write('log.jsonl', smallShadow({ versions: ['1.0.0', '1.1.0'] }));
  expectEnd(await place.run(...SHADOW), 0);
  // The pair was reported three times before: on the unbound log, and twice since.
  expect(verdict().shadow?.look).toBe(4);
  expectEnd(await place.run(...REGISTER), 0);
  expectEnd(await place.run('promote', 'production'), 0, /1\.1\.0 .* is promoted to small\/production/);
  expectEnd(
    await place.run('why', 'production'),
    0,
    /gate pass, /,
    /shadow pass for production, .* sha256:\w{12}/,
  );
  expectEnd(await place.run('ledger', 'verify'), 0, /2 releases, 5 verdicts/);
});

it('has nothing to compare the release with that serves already', async () => {
  const same = await place.run(...SHADOW);
  expectEnd(same, 65, /1\.1\.0, is the champion itself: there is nothing to compare/);
});
