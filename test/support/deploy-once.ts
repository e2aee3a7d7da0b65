/** Makes one deployment in a process of its own: FOLDER CWD SEQ TIMEOUT_MS COMMAND…; prints its output and the result as JSON. */
import { createCommandDeployer } from '../../src/adapters/deploy/command-deployer.ts';
import { machineTimer } from '../../src/adapters/oci/machine-timer.ts';
import { parseDigest } from '../../src/core/digest.ts';

const [folder = '', cwd = '', seq = '', timeoutMs = '', ...command] = process.argv.slice(2);
const say = (line: string) => void process.stdout.write(`${line}\n`);
const deployer = createCommandDeployer({
  folder,
  cwd,
  env: process.env,
  timer: machineTimer,
  progress: say,
  notice: say,
  graceMs: 300,
});
const result = await deployer.deploy(
  { kind: 'command', command, timeoutMs: Number(timeoutMs) },
  {
    model: 'bank',
    environment: 'production',
    image: 'ghcr.io/acme/bank',
    digest: parseDigest(`sha256:${'a'.repeat(64)}`),
    sha: undefined,
    version: `1.${seq}`,
    seq: Number(seq),
    operation: `operation-${seq}`,
  },
);
say(JSON.stringify(result));
