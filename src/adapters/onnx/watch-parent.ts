import { Worker } from 'node:worker_threads';
import { PARENT_VARIABLE } from './child-protocol.ts';

/**
 * Runs beside the model, which can block the main thread for ever: ends the process and removes its empty
 * folder once the parent has gone. An orphan has another parent on Unix; Windows knows no such process any more.
 */
const WATCH = `
const { workerData } = require('node:worker_threads');
const { rmdirSync } = require('node:fs');
const isOrphan = () => {
  if (process.ppid !== workerData.parent) return true;
  try { process.kill(workerData.parent, 0); return false; } catch (error) { return error.code === 'ESRCH'; }
};
setInterval(() => {
  if (!isOrphan()) return;
  try { rmdirSync(workerData.folder); } catch {}
  process.kill(process.pid, 'SIGKILL');
}, 250);
`;

/** Starts the thread that ends this process when its parent has gone. */
export function watchParent(): void {
  const parent = Number(process.env[PARENT_VARIABLE]);
  const resourceLimits = { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2, stackSizeMb: 1 };
  new Worker(WATCH, { eval: true, workerData: { parent, folder: process.cwd() }, resourceLimits }).unref();
}
