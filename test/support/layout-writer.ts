/** A process that points tags of a layout folder at an image: FOLDER PREFIX COUNT. Prints each tag once it is written. */
import { LayoutRegistry } from '../../src/adapters/oci/layout-registry.ts';
import { machineTimer } from '../../src/adapters/oci/machine-timer.ts';
import { messageChain } from '../../src/core/errors.ts';
import { parseTag } from '../../src/core/image.ts';
import { pushImage, singleImage } from './sample-images.ts';

const [folder = '', prefix = '', count = '0'] = process.argv.slice(2);
const registry = new LayoutRegistry(folder, machineTimer);
try {
  const image = singleImage(prefix);
  await pushImage(registry, image);
  for (let i = 0; i < Number(count); i++) {
    const tag = parseTag(`${prefix}-${i}`);
    await registry.putManifest(tag, image.manifest, 30_000);
    process.stdout.write(`${tag}\n`);
  }
} catch (error) {
  process.stderr.write(`${messageChain(error)[0]}\n`);
  process.exitCode = 3;
}
