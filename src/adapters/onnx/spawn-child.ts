import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Duplex } from 'node:stream';
import { CHANNEL, PARENT_VARIABLE, RUNTIME_VARIABLE } from './child-protocol.ts';

/** A child process that serves a model, in a fresh empty folder of its own. */
export interface SpawnedChild {
  process: ChildProcess;
  channel: Duplex;
  folder: string;
}

/** Which script to start, where ONNX Runtime is, and how large the JavaScript heap may get. */
export interface SpawnOptions {
  childScript: string;
  runtimeFolder: string | undefined;
  heapBytes: number;
}

const SMALLEST_HEAP_MIB = 64;
const LARGEST_HEAP_MIB = 4_096;

/**
 * Starts the child without our environment, so that no token reaches it, and with its own HOME and TMPDIR.
 * From 1.29 on, ONNX Runtime sends names and digests of models to its maker unless told not to.
 */
export function spawnChild({ childScript, runtimeFolder, heapBytes }: SpawnOptions): SpawnedChild {
  const folder = mkdtempSync(join(tmpdir(), `known-good-${process.pid}-`));
  const mebibytes = Math.floor(heapBytes / 2 ** 20);
  const heap = Math.min(LARGEST_HEAP_MIB, Math.max(SMALLEST_HEAP_MIB, mebibytes));
  const child = spawn(process.execPath, [`--max-old-space-size=${heap}`, resolve(childScript)], {
    cwd: folder,
    env: environmentOf(folder, runtimeFolder),
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  return { process: child, channel: child.stdio[CHANNEL] as Duplex, folder };
}

function environmentOf(folder: string, runtimeFolder: string | undefined): NodeJS.ProcessEnv {
  const runtime = runtimeFolder ?? process.env[RUNTIME_VARIABLE];
  const systemRoot = process.env['SystemRoot'];
  return {
    HOME: folder,
    TMPDIR: folder,
    TEMP: folder,
    TMP: folder,
    USERPROFILE: folder,
    ORT_DISABLE_TELEMETRY: '1',
    [PARENT_VARIABLE]: String(process.pid),
    ...(runtime !== undefined && { [RUNTIME_VARIABLE]: resolve(runtime) }),
    ...(systemRoot !== undefined && { SystemRoot: systemRoot }),
  };
}
