import type { LoadedConfig } from '../../app/gate/request-from-config.ts';
import { parseImageRepository } from '../../core/image.ts';
import type { ActionNeeds } from './open-action.ts';

/** The registries that the images of the config are at: of the model that is meant where it is known, else of all. Folders have none. */
export function registryHosts(
  config: LoadedConfig['config'] | undefined,
  {
    lane,
    model = lane?.includes('/') === true ? lane.split('/')[0] : undefined,
  }: Pick<ActionNeeds, 'lane' | 'model'>,
): string[] {
  const models = Object.entries(config?.models ?? {});
  const meant = models.filter(([name]) => model === undefined || name === model);
  return (meant.length > 0 ? meant : models).flatMap(([, { image }]) => {
    const parsed = image === undefined ? undefined : parseImageRepository(image);
    return parsed?.kind === 'registry' ? [parsed.host] : [];
  });
}
