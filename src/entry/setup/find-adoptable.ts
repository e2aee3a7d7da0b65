import { homedir } from 'node:os';
import { createRegistries } from '../../adapters/oci/create-registries.ts';
import { lanesToAdopt } from '../../app/setup/lanes-to-adopt.ts';
import type { InitPlan } from '../../app/setup/plan-init.ts';
import { parseImageRepository, parseTag } from '../../core/image.ts';

const TIMEOUT_MS = 5_000;
const PATIENCE_MS = 8_000;

/**
 * The commands that take over what the environments serve already, where the registry has their tags. A registry that does not answer, or
 * not to us, tells nothing, and keeps nobody waiting.
 */
export async function findAdoptable(
  plan: InitPlan,
  { env, cwd }: { env: Readonly<Record<string, string | undefined>>; cwd: string },
): Promise<string[]> {
  const home = env['HOME'] ?? homedir();
  const registries = createRegistries({ cwd, env, home, timeoutMs: TIMEOUT_MS });
  const looks = lanesToAdopt(plan).map(async ({ lane, image, tag }) => {
    const digest = await registries.open(parseImageRepository(image)).resolve(parseTag(tag));
    return digest === undefined ? [] : [`adopt ${lane} --reason "in service before Known Good"`];
  });
  const patience = new Promise<[]>((done) => setTimeout(done, PATIENCE_MS, []).unref());
  const answers = looks.map((look) => Promise.race([look.catch(() => []), patience]));
  return (await Promise.all(answers)).flat();
}
