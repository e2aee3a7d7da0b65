import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verdictSchema } from '../../src/core/verdict.ts';
import { steady } from '../support/golden-report.ts';
import { makeFolder, runCli, runIn, verdictOf } from '../support/run-cli.ts';
import type { CliRun } from '../support/run-cli.ts';
import { CONFIGURED, PLAIN, smallArtifact, smallTable, soundModel } from '../support/small-gate.ts';

const plain = () => ({ 'm.onnx': soundModel(), 't.csv': smallTable() });

describe('what the gate prints', () => {
  it('is with --json the verdict and nothing else', async () => {
    const run = await runIn(plain(), [...PLAIN, '--json']);
    expect(verdictSchema.parse(JSON.parse(run.stdout))).toEqual(run.verdict);
    expect(run.stderr).toBe('');
  });

  it('is with --quiet one line', async () => {
    const run = await runIn(plain(), [...PLAIN, '--quiet']);
    expect(run.stdout).toMatch(/^◐ HOLD — m\.onnx is not proved safe\. [^\n]+\n$/);
    expect(run.stderr).toBe('');
  });

  it('is else the report on stdout, with the path of the whole one, and nothing on stderr', async () => {
    const run = await runIn(plain(), PLAIN);
    expect(run.stdout).toMatch(
      /^◐ HOLD — m\.onnx[\s\S]*The whole report: known-good-report\/report\.html\n$/,
    );
    expect([run.code, run.stderr]).toEqual([2, '']);
  });

  it('goes into the folder that --out names, which is made, and nowhere else', async () => {
    const cwd = makeFolder(plain());
    await runCli([...PLAIN, '--out', 'deep/er/report'], { cwd });
    const files = ['report.html', 'report.md', 'verdict.json'];
    expect(readdirSync(join(cwd, 'deep/er/report')).toSorted()).toEqual(files);
    expect(existsSync(join(cwd, 'known-good-report'))).toBe(false);
    rmSync(cwd, { recursive: true });
  });
});

describe('two runs on the same bytes', () => {
  const cwd = makeFolder(smallArtifact({}));
  const runs: CliRun[] = [];
  beforeAll(async () => {
    for (const out of ['first', 'second']) runs.push(await runCli([...CONFIGURED, '--out', out], { cwd }));
  });
  afterAll(() => rmSync(cwd, { recursive: true }));

  it('give the same verdict, but for the time and what was timed', () => {
    const [first, second] = runs.map((run) => steady(verdictOf(run)));
    expect(second).toEqual(first);
    expect(verdictOf(runs[0] as CliRun).outcome).toBe('pass');
  });

  it('leave the artifact as it was', () => {
    expect(readdirSync(join(cwd, 'artifact'))).toEqual(['model.onnx']);
  });
});
