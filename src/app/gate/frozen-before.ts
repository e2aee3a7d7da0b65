import type { OutlinedModel } from '../../config/config-outline.ts';
import { configOutline } from '../../config/config-outline.ts';
import type { Fact } from '../../core/fact.ts';
import { known, unknown } from '../../core/fact.ts';
import type { FileContent } from '../../core/ports.ts';
import type { FrozenBefore } from '../../gate/facts.ts';
import type { ConfigBefore } from './base-configs.ts';
import { nameIn } from './base-configs.ts';
import type { BaseView } from './base-view.ts';
import { guarded, MOST_CONFIG_BYTES, sameContent } from './base-view.ts';
import { modelAt } from './changed-demands.ts';
import type { LoadedConfig } from './request-from-config.ts';
import { configRoot, rootedPath } from './rooted-model.ts';

interface Asked {
  loaded: LoadedConfig;
  /** The model that is gated. */
  model: string;
  view: BaseView;
  /** Look at that model's table alone, not at those of all models. */
  only: boolean;
}

/**
 * The tables that configs of the base commit gated as frozen. Among all models, those that another config still gates as they were are
 * left out. Unknown where a config or a table cannot be read.
 */
export async function frozenBefore(
  configs: readonly ConfigBefore[],
  asked: Asked,
): Promise<Fact<FrozenBefore[]>> {
  const found: FrozenBefore[] = [];
  for (const config of configs) {
    if (config.models === undefined && /frozen/.test(config.text))
      return unknown('the config there is not readable.');
    const models = config.models?.filter(({ name }) => !asked.only || name === asked.model) ?? [];
    for (const { name, frozen } of models) {
      const table =
        frozen === undefined
          ? known(undefined)
          : await guarded(() => tableBefore({ name, frozen }, config, asked));
      if (!table.known) return table;
      if (table.value !== undefined) found.push(table.value);
    }
  }
  return known(found);
}

async function tableBefore(
  { name: gatedBy, frozen: path }: Required<OutlinedModel>,
  config: ConfigBefore,
  { loaded, model, view, only }: Asked,
): Promise<FrozenBefore | undefined> {
  const rooted = rootedPath(path, configRoot(config.path));
  const before = await view.repository.contentAt(view.revision, rooted);
  if (!only && (await isStillGated({ gatedBy, path, rooted, before }, config, view))) return undefined;
  const written = modelAt(loaded.config, model)?.data.frozen?.path;
  const own = written === undefined ? undefined : rootedPath(written, configRoot(loaded.path));
  const name = await nameIn(view, rooted);
  const told = own !== undefined && (await nameIn(view, own)) === name ? own : name;
  if (before === undefined) return { path: told };
  const now = own === undefined ? undefined : await view.repository.contentAt('now', own);
  const same = now !== undefined && sameContent(before, now);
  return { path: told, digests: same ? [before.bytes, now.bytes] : [before.bytes] };
}

interface GatedTable {
  gatedBy: string;
  path: string;
  rooted: string;
  before: FileContent | undefined;
}

/** Whether the same model of the same config still gates the same table. */
async function isStillGated(
  { gatedBy, path, rooted, before }: GatedTable,
  config: ConfigBefore,
  { files, repository }: BaseView,
): Promise<boolean> {
  const text = await files.readText(config.path, MOST_CONFIG_BYTES);
  const models = text === undefined ? undefined : configOutline(text);
  if (models?.some(({ name, frozen }) => name === gatedBy && frozen === path) !== true) return false;
  const now = await repository.contentAt('now', rooted);
  return before === undefined || (now !== undefined && sameContent(before, now));
}
