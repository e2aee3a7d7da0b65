import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFinished } from 'vitest';
import { bundleScript } from '../support/bundle-script.ts';
import { deployScene, HANG, isAlive, NODE, numbered, pidOf } from '../support/deploy-scene.ts';

describe('the order of deployments', () => {
  it('is that of their numbers, for each lane by itself', async () => {
    const { deploy, lines } = await deployScene();
    expect(await deploy('process.exit(1)', numbered(9))).toMatchObject({ kind: 'failed' });
    const late = await deploy('console.log("late")', numbered(8));
    expect(late.message).toMatch(
      /^Number 8 was not deployed: a later one \(number 9, 1\.8\.0, at \d{4}-.*Z\) was deployed from here before\. If that was of another ledger, remove ".*bank@production\.json"\.$/,
    );
    expect(lines).toEqual([]);
    const twin = await deploy('', { ...numbered(9), operation: 'of somebody else' });
    expect(twin.message).toContain('another one with the same number (number 9');
    expect(await deploy('', numbered(9))).toEqual({ kind: 'deployed' });
    expect(await deploy('', { ...numbered(1), environment: 'staging' })).toEqual({ kind: 'deployed' });
    expect(await deploy('', { ...numbered(1), model: 'bike' })).toEqual({ kind: 'deployed' });
  });

  it('lets a later deployment stop an earlier one that still runs', async () => {
    const first = await deployScene();
    const second = await deployScene({}, first.folder);
    const earlier = first.deploy(HANG, numbered(1));
    const pid = pidOf(await first.said('pid '));
    expect(await second.deploy('', numbered(2))).toEqual({ kind: 'deployed' });
    expect(isAlive(pid)).toBe(false);
    expect((await earlier).message).toContain('was ended by SIGTERM');
    expect(second.lines).toEqual([
      `Stopping the earlier deployment of 1.8.0 (number 1, process group ${pid}), which still runs.`,
    ]);
  });

  it('holds for what comes together: the highest number is the last that runs', async () => {
    const one = await deployScene();
    const scenes = [one, await deployScene({}, one.folder), await deployScene({}, one.folder)];
    const append = 'require("fs").appendFileSync("order.txt", process.env.KG_SEQ + "\\n")';
    const results = await Promise.all(
      scenes.map(({ deploy }, index) => deploy(append, numbered([2, 3, 1][index] as number))),
    );
    expect(results[1]).toEqual({ kind: 'deployed' });
    const order = (await readFile(join(one.folder, 'order.txt'), 'utf8')).trim().split('\n').map(Number);
    expect(order).toEqual(order.toSorted((a, b) => a - b));
    expect(order.at(-1)).toBe(3);
  });

  it('outlives a killed process: what it left running is stopped before the next begins', async () => {
    const { folder, deploy, lines } = await deployScene();
    const script = await bundleScript('deploy-once.ts');
    onTestFinished(script.remove);
    const args = [join(folder, 'deployed'), folder, '1', '60000', NODE, '-e', HANG];
    const parent = spawn(NODE, [script.path, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    onTestFinished(() => void parent.kill('SIGKILL'));
    const [line] = (await once(createInterface({ input: parent.stdout }), 'line')) as [string];
    parent.kill('SIGKILL');
    await once(parent, 'exit');
    const pid = pidOf(line);
    expect(isAlive(pid)).toBe(true);
    expect(await deploy('', numbered(2))).toEqual({ kind: 'deployed' });
    expect(isAlive(pid)).toBe(false);
    expect(lines[0]).toContain('Stopping the earlier deployment of 1.1 (number 1');
  });

  it('refuses where it cannot be kept', async () => {
    const { folder, deploy } = await deployScene();
    const path = join(folder, 'deployed', 'bank@production.json');
    await mkdir(join(folder, 'deployed'));
    await writeFile(path, '{"seq": 1}');
    expect((await deploy('')).message).toBe(
      `${path}, which says what was deployed last from here, cannot be understood. Make sure that no deployment runs, and remove the file.`,
    );
  });

  it('goes on and says so where nothing can be noted', async () => {
    const { folder, deploy, notices } = await deployScene();
    await writeFile(join(folder, 'deployed'), 'a file in the way');
    expect(await deploy('')).toEqual({ kind: 'deployed' });
    expect(notices).toEqual([
      expect.stringMatching(
        /^The deployment goes on without being noted: \S+deployed cannot be written to \((?:EEXIST|ENOTDIR)\)/,
      ),
    ]);
    expect((await deploy('process.exit(1)')).message).toContain('exited with 1; ');
  });

  it.skipIf(process.getuid?.() === 0)('goes on where the folder may only be read', async () => {
    const { folder, deploy, notices } = await deployScene();
    await mkdir(join(folder, 'deployed'), { mode: 0o555 });
    expect(await deploy('')).toEqual({ kind: 'deployed' });
    expect(notices).toEqual([expect.stringContaining('(EACCES)')]);
  });
});
