import { dirname } from 'node:path';
import { nodeFiles } from '../adapters/files/node-files.ts';
import { gitRepository } from '../adapters/git/git-repository.ts';
import { championPath, changesSinceBase } from '../app/gate/changes-since-base.ts';
import { findChampion } from '../app/gate/find-champion.ts';
import type { GateRequest } from '../app/gate/gate-request.ts';
import { judgingConfig } from '../app/gate/judging-config.ts';
import { chooseModel, CONFIG_PATH, loadConfig, requestFromConfig } from '../app/gate/request-from-config.ts';
import type { GateFlags } from '../app/gate/request-from-flags.ts';
import { requestFromFlags } from '../app/gate/request-from-flags.ts';
import { KnownGoodError } from '../core/errors.ts';
import { configRoot, rootedModel } from '../app/gate/rooted-model.ts';
import { refuseIdleFlags } from './refuse-idle-flags.ts';

/** What a person or a workflow asks of the gate: flags, and the config's model and environment. */
export interface GateWish extends GateFlags {
  config?: string;
  model?: string;
  environment?: string;
}

/** A request that is ready to run; `remove` clears what was copied out of git for it. */
export interface PreparedGate {
  request: GateRequest;
  remove(): Promise<void>;
}

/** From where the gate is asked. */
export interface GatePlace {
  cwd: string;
  /** Branch that a change is compared with; absent: the default one. */
  baseBranch: string | undefined;
  /** Gates of the base branch judge. */
  pullRequest: boolean;
}

/** By flags alone where they name a table and no model of the config; else by config, with the champion of its baseline. */
export async function prepareGate(wish: GateWish, where: GatePlace): Promise<PreparedGate> {
  const byFlags = wish.predictions !== undefined || wish.data !== undefined || wish.label !== undefined;
  const skipConfig = byFlags && wish.model === undefined && wish.config === undefined;
  const config = skipConfig ? undefined : await loadConfig(wish.config, nodeFiles);
  if (config === undefined) {
    if (!byFlags && (wish.model !== undefined || wish.environment !== undefined)) throw noConfig();
    refuseIdleFlags(wish, wish.predictions === undefined ? 'model' : 'predictions');
    return { request: await requestFromFlags(wish, nodeFiles), remove: () => Promise.resolve() };
  }
  refuseIdleFlags(wish, 'config');
  const repository = gitRepository(where.cwd, where.baseBranch, dirname(config.path));
  const { name } = chooseModel(config.config, wish.model);
  const ports = { repository, files: nodeFiles };
  const judge = where.pullRequest ? await judgingConfig(config, name, ports) : undefined;
  const judging = judge?.config ?? config.config;
  const model = rootedModel(chooseModel(judging, name).model, configRoot(config.path));
  const request = await requestFromConfig(config, { ...wish, judge: judging }, nodeFiles);
  const judged = {
    model: name,
    environment: wish.environment,
    challenger: request.challenger?.path,
    against: wish.against ?? championPath(model),
  };
  const sinceBase = await changesSinceBase(config, judged, ports);
  const compared = {
    ...request,
    ...(sinceBase === undefined ? {} : { sinceBase }),
    ...(judge === undefined ? {} : { judgedBy: judge.judgedBy }),
  };
  if (wish.against !== undefined)
    return { request: { ...compared, champion: { path: wish.against } }, remove: () => Promise.resolve() };
  const { remove, ...found } = await findChampion(model, repository);
  return { request: { ...compared, ...found }, remove };
}

function noConfig(): KnownGoodError {
  return new KnownGoodError(
    'config',
    `There is no config ${JSON.stringify(CONFIG_PATH)} here, which --model and --environment are looked up in. Name another with --config FILE.`,
  );
}
