/** usage: node .config/run.mjs test/bench/shadow/shadow-once.ts LOG MIB; one shadow with so much memory for the engine: prints the bytes that it spilled at most. */
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runShadow } from '../../../src/app/shadow/run-shadow.ts';
import { prepareShadow } from '../../../src/entry/prepare-shadow.ts';
import { shadowPorts } from '../../../src/entry/shadow-ports.ts';

const [log = '', mebibytes = ''] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'known-good-spill-'));
process.env['TMPDIR'] = folder;
let most = 0;
const watch = setInterval(() => (most = Math.max(most, spilled())), 20);
try {
  const wish = { log: [log], labels: [], slices: [], task: 'binary-classification', out: folder };
  const request = await prepareShadow(wish, () => Promise.reject(new Error('There is no ledger here.')));
  const ports = shadowPorts(process.env, () => undefined);
  const limits = { ...ports.limits, memoryBytes: Number(mebibytes) * 2 ** 20 };
  const { verdict } = await runShadow(request, { ...ports, limits });
  process.stdout.write(`${JSON.stringify({ outcome: verdict.outcome, spilledBytes: most })}\n`);
} finally {
  clearInterval(watch);
  rmSync(folder, { recursive: true, force: true });
}

/** Bytes of the files that the engine has put memory into. */
function spilled(): number {
  try {
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /duckdb_temp_(storage|block)/.test(name))
      .reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  } catch {
    return 0;
  }
}
