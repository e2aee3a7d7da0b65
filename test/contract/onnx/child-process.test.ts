import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createModels } from '../../../src/adapters/onnx/create-models.ts';
import { ModelFailure } from '../../../src/adapters/onnx/model-failure.ts';
import { ModelProcess } from '../../../src/adapters/onnx/model-process.ts';
import { loadSession } from '../../../src/adapters/onnx/model-session.ts';
import { spawnChild } from '../../../src/adapters/onnx/spawn-child.ts';
import type { RunLimits } from '../../../src/core/ports.ts';
import { openModelFile } from '../../support/open-model-file.ts';
import { bundleChild } from '../../support/bundle-child.ts';
import type { BundledChild } from '../../support/bundle-child.ts';
import { modelBytes, modelPath } from '../../support/onnx-fixtures.ts';

const LIMITS = { timeoutMs: 20_000, memoryBytes: 2 ** 29 };
const NOTHING = { inputs: [], outputs: [] };
const folder = mkdtempSync(join(tmpdir(), 'known-good-test-'));
let child: BundledChild;

beforeAll(async () => {
  child = await bundleChild();
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await child.remove();
});

function script(name: string, text: string): string {
  const path = join(folder, `${name}.mjs`);
  writeFileSync(path, text);
  return path;
}

function openWith(childScript: string, limits: Partial<RunLimits> = {}): Promise<unknown> {
  return openModelFile(createModels({ childScript }), modelPath('bank/champion'), { ...LIMITS, ...limits });
}

describe('the child process', () => {
  it('gets an almost empty environment and writes nothing to its home, telemetry included', async () => {
    const spawned = spawnChild({
      childScript: child.childScript,
      runtimeFolder: undefined,
      heapBytes: 2 ** 28,
    });
    const running = new ModelProcess(spawned, LIMITS);
    const model = { bytes: modelBytes('bank/champion'), declared: NOTHING, threads: 1 };
    const session = await loadSession(running, model);
    await session.run({ features: { type: 'float32', dims: [1, 47], data: new Float32Array(47) } });
    expect(readdirSync(spawned.folder)).toEqual([]);
    if (process.platform === 'linux') {
      const environment = readFileSync(`/proc/${spawned.process.pid}/environ`, 'utf8')
        .split('\0')
        .filter(Boolean);
      const names = environment.map((each) => each.split('=')[0]).toSorted();
      expect(names).toEqual([
        'HOME',
        'KNOWN_GOOD_PARENT',
        'ORT_DISABLE_TELEMETRY',
        'TEMP',
        'TMP',
        'TMPDIR',
        'USERPROFILE',
      ]);
    }
    await Promise.all([session.close(), session.close()]);
    await session.close();
    expect(existsSync(spawned.folder)).toBe(false);
    expect(spawned.process.signalCode ?? spawned.process.exitCode).not.toBeNull();
    await expect(session.run({})).rejects.toMatchObject({
      name: 'ModelFailure',
      message: 'The model was closed.',
    });
  });

  it.each([
    [
      'exits',
      "console.error('Error: no luck\\n    at stack'); process.exit(7)",
      { kind: 'crashed', message: expect.stringContaining('exit code 7. Its last words: "Error: no luck".') },
    ],
    [
      'is killed',
      "process.kill(process.pid, 'SIGSEGV')",
      { kind: 'crashed', message: expect.stringContaining('SIGSEGV') },
    ],
    [
      'talks nonsense',
      "import fs from 'node:fs'; fs.writeSync(3, 'x'.repeat(64)); setInterval(() => {}, 1e6)",
      { kind: 'crashed', message: expect.stringContaining('not accepted') },
    ],
    [
      'exhausts its heap',
      "const all = []; for (;;) all.push('x'.repeat(1000) + Math.random() + all.length, [all.length])",
      { kind: 'memory', message: expect.stringContaining('memory') },
    ],
  ])('that %s is told as such', async (name, text, failure) => {
    const opened = openWith(script(name.replaceAll(' ', '-'), text), { memoryBytes: 2 ** 27 });
    await expect(opened).rejects.toBeInstanceOf(ModelFailure);
    await expect(opened).rejects.toMatchObject({ name: 'ModelFailure', ...failure });
  });

  it('that is not there is told as such', async () => {
    await expect(openWith(join(folder, 'absent.mjs'))).rejects.toMatchObject({ kind: 'crashed' });
  });

  it('says where to get ONNX Runtime when there is none', async () => {
    const alone = script('alone', readFileSync(child.childScript, 'utf8'));
    await expect(openWith(alone)).rejects.toMatchObject({
      kind: 'no-runtime',
      message: expect.stringContaining('npm ci'),
    });
  });

  it('takes ONNX Runtime from the folder that it is given', async () => {
    const alone = script('given', readFileSync(child.childScript, 'utf8'));
    const models = createModels({ childScript: alone, runtimeFolder: process.cwd() });
    const session = await openModelFile(models, modelPath('bank/champion'), LIMITS);
    expect(session.signature.inputs).toHaveLength(1);
    await session.close();
  });

  it('ends with its parent, even in an endless loop', async () => {
    const parent = await bundleParent();
    const running = spawn(process.execPath, [parent, child.childScript, modelPath('onnx/endless-loop')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(running.stdout, 'data')) as [Buffer];
    const { pid, folder: home } = JSON.parse(line.toString()) as { pid: number; folder: string };
    expect(isRunning(pid)).toBe(true);
    running.kill('SIGKILL');
    await vi.waitFor(() => expect([isRunning(pid), existsSync(home)]).toEqual([false, false]), {
      timeout: 10_000,
    });
  });
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** A parent that starts an endless loop in its child, says who the child is, and waits. */
async function bundleParent(): Promise<string> {
  const file = join(folder, 'parent.mjs');
  const source = new URL('../../support/endless-parent.ts', import.meta.url).pathname;
  await build({ input: source, platform: 'node', logLevel: 'silent', output: { file, format: 'esm' } });
  return file;
}
