import { fileURLToPath } from 'node:url';
import type { DemoHost } from './demo-host.ts';
import { walkGoldenPath } from './golden-path.ts';
import { gateSixModels } from './six-models.ts';

/** Gates six real models, then takes one of them to production and back; 0 when everything ended as it should. */
export async function runDemo(host: DemoHost): Promise<number> {
  const from = host.cwd();
  host.chdir(fileURLToPath(new URL('..', import.meta.url)));
  try {
    const right = await gateSixModels(host);
    const walked = await walkGoldenPath(host);
    return right && walked ? 0 : 1;
  } finally {
    host.chdir(from);
  }
}
