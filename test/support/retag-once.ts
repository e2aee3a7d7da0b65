/** A process that moves a tag once, as a command would: HOST DIGEST TAG. Credentials come from Docker's configuration. */
import { retag } from '../../src/app/registry/retag.ts';
import { createRegistries } from '../../src/adapters/oci/create-registries.ts';
import { machineTimer } from '../../src/adapters/oci/machine-timer.ts';
import { parseDigest } from '../../src/core/digest.ts';
import { parseImageRepository, parseTag } from '../../src/core/image.ts';

const [host = '', digest = '', tag = ''] = process.argv.slice(2);
const registries = createRegistries({
  cwd: process.cwd(),
  env: process.env,
  home: process.env['HOME'] ?? '',
});
const moved = await retag(registries.open(parseImageRepository(`${host}/acme/bank`)), {
  digest: parseDigest(digest),
  tags: [parseTag(tag)],
  timeoutMs: 10_000,
  sleep: (milliseconds) => machineTimer.sleep(milliseconds),
});
process.exitCode = moved.kind === 'proved' ? 0 : 1;
