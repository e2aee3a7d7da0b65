import type { Config } from '../../config/config-schema.ts';
import type { ModelConfig } from '../../config/model-schema.ts';
import { parseConfig } from '../../config/parse-config.ts';
import type { Fact } from '../../core/fact.ts';
import { known } from '../../core/fact.ts';
import type { ComparedWithBase, SinceBase } from '../../gate/facts.ts';
import { listNames, quote } from '../../verdict/sentences.ts';
import type { BaseView } from './base-view.ts';
import { guarded, textAt } from './base-view.ts';
import type { ConfigBefore } from './base-configs.ts';
import { baseConfigs, modelsGone, nameIn, outlined } from './base-configs.ts';
import type { Judged } from './changed-demands.ts';
import { changedDemands, modelAt } from './changed-demands.ts';
import { championChange } from './champion-change.ts';
import { editedFiles } from './edited-files.ts';
import { frozenBefore } from './frozen-before.ts';
import type { LoadedConfig } from './request-from-config.ts';
import { configRoot, rootedModel } from './rooted-model.ts';

/** Who is judged, and the artifacts of both sides, where there are any. */
export interface JudgedSides extends Judged {
  challenger?: string | undefined;
  /** The champion that the command line names. */
  against?: string | undefined;
}

/**
 * What of the examination is another one than at the base commit: the config's demands, the frozen tables, the files that decide what is
 * measured, and a champion of this repository. `undefined` where there is nothing before it: no git, the first commit, or the first config.
 */
export async function changesSinceBase(
  loaded: LoadedConfig,
  judged: JudgedSides,
  ports: Pick<BaseView, 'repository' | 'files'>,
): Promise<SinceBase | undefined> {
  const base = await ports.repository.base();
  if (base.kind === 'outside' || base.kind === 'first') return undefined;
  if (base.kind === 'unavailable') return { kind: 'no-base', why: base.why, settle: base.settle };
  const { revision, parent } = base;
  const view = { ...ports, revision };
  const told = await compareConfigs(loaded, judged, view);
  if (told === undefined) return undefined;
  const { formerChampion, ...compared } = told;
  const written = modelAt(loaded.config, judged.model);
  const model = written && rootedModel(written, configRoot(loaded.path));
  const { challenger, against: champion = championPath(model) } = judged;
  const change = await championChange({ challenger, champion, formerChampion }, view);
  return {
    kind: 'compared',
    revision,
    parent,
    ...compared,
    edited: model === undefined ? [] : await editedFiles(model, view),
    ...(change === undefined ? {} : { champion: change }),
  };
}

type Compared = Pick<ComparedWithBase, 'gates' | 'absent' | 'gone' | 'frozen'> & { formerChampion?: string };

/** The config as it was, or what the base commit has in its place; `undefined` where it has no config at all. */
async function compareConfigs(
  loaded: LoadedConfig,
  judged: Judged,
  view: BaseView,
): Promise<Compared | undefined> {
  const text = await guarded(() => textAt(loaded.path, view));
  if (!text.known) return { gates: text, frozen: text };
  const own = text.value === undefined ? undefined : outlined(loaded.path, text.value);
  if (text.value === undefined || own?.models?.every(({ name }) => name !== judged.model) === true)
    return compareWithOthers(loaded, { own, judged, view });
  const before = await guarded(async () => parseConfig(text.value ?? '', loaded.path));
  return {
    gates: before.known ? known(changedDemands(before.value, loaded.config, judged)) : before,
    frozen: await frozenBefore(own === undefined ? [] : [own], {
      loaded,
      model: judged.model,
      view,
      only: true,
    }),
    ...formerChampion(before, judged, loaded.path),
  };
}

function formerChampion(
  before: Fact<Config>,
  { model: name }: Judged,
  path: string,
): Pick<Compared, 'formerChampion'> {
  const model = before.known ? modelAt(before.value, name) : undefined;
  const former = championPath(model && rootedModel(model, configRoot(path)));
  return former === undefined ? {} : { formerChampion: former };
}

/** The path of a champion that a config names; `undefined` for every other baseline. */
export function championPath(model: ModelConfig | undefined): string | undefined {
  const baseline = model?.baseline;
  return typeof baseline === 'object' && 'path' in baseline ? baseline.path : undefined;
}

/** No such config or no such model there: all that it has instead may hold the frozen tables that were gated. */
async function compareWithOthers(
  loaded: LoadedConfig,
  { own, judged, view }: { own: ConfigBefore | undefined; judged: Judged; view: BaseView },
): Promise<Compared | undefined> {
  const others = await baseConfigs(loaded.path, view);
  const all = own === undefined ? others : [own, ...others];
  if (all.length === 0) return undefined;
  const at = `The base commit ${view.revision.slice(0, 7)}`;
  const names = own?.models?.map(({ name }) => name) ?? [];
  const has = names.length === 0 ? 'none' : listNames(names);
  const absent =
    own === undefined
      ? `${at} has no config ${quote(await nameIn(view, loaded.path))}; it has ${listNames(await namesOf(others, view))}.`
      : `${at} has no model ${quote(judged.model)} in its config; it has ${has}.`;
  return {
    gates: known([]),
    absent,
    gone: await modelsGone(all, view),
    frozen: await frozenBefore(all, { loaded, model: judged.model, view, only: false }),
  };
}

function namesOf(configs: readonly ConfigBefore[], view: BaseView): Promise<string[]> {
  return Promise.all(configs.map(({ path }) => nameIn(view, path)));
}
