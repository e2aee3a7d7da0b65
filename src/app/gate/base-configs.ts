import type { OutlinedModel } from '../../config/config-outline.ts';
import { configOutline } from '../../config/config-outline.ts';
import type { BaseView } from './base-view.ts';
import { guarded, MOST_CONFIG_BYTES, textAt } from './base-view.ts';

/** A config of the base commit. */
export interface ConfigBefore {
  path: string;
  text: string;
  /** Absent where its text is not like a config. */
  models?: readonly OutlinedModel[];
}

/** As many documents as are looked into for configs. */
const MOST_DOCUMENTS = 50;
const USUAL = /[/\\]\.github[/\\]known-good\.ya?ml$/;

/** A config as it was, with what it names even where it is not valid. */
export function outlined(path: string, text: string): ConfigBefore {
  const models = configOutline(text);
  return { path, text, ...(models === undefined ? {} : { models }) };
}

/** All configs of the base commit but the one at a path, those at their usual place first. */
export async function baseConfigs(except: string, view: BaseView): Promise<ConfigBefore[]> {
  const own = await nameIn(view, except);
  const paths = await view.repository.yamlWith(view.revision, 'models');
  const found: ConfigBefore[] = [];
  for (const path of paths
    .toSorted((a, b) => Number(USUAL.test(b)) - Number(USUAL.test(a)))
    .slice(0, MOST_DOCUMENTS)) {
    if ((await nameIn(view, path)) === own) continue;
    const text = await guarded(() => textAt(path, view));
    const config = text.known && text.value !== undefined ? outlined(path, text.value) : undefined;
    if (config?.models !== undefined) found.push(config);
  }
  return found;
}

/** Names of models that configs of the base commit have, and that the same configs do not have now. */
export async function modelsGone(
  configs: readonly ConfigBefore[],
  { files }: Pick<BaseView, 'files'>,
): Promise<string[]> {
  const gone: string[] = [];
  for (const { path, models = [] } of configs) {
    const text = await files.readText(path, MOST_CONFIG_BYTES);
    const now = text === undefined ? [] : (configOutline(text) ?? []);
    gone.push(...models.map(({ name }) => name).filter((name) => now.every((model) => model.name !== name)));
  }
  return gone;
}

/** A path as the repository names it; as it is outside of one. */
export async function nameIn({ repository }: Pick<BaseView, 'repository'>, path: string): Promise<string> {
  return (await repository.nameOf(path)) ?? path;
}
