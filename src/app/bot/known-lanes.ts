import { formatLane, type Lane } from '../../core/lane.ts';
import type { Policy } from '../../core/policy.ts';
import { configuredLanes } from '../release/configured-lanes.ts';
import { listLanes, loadViews } from '../release/load-views.ts';
import type { LaneWish } from '../release/status.ts';
import type { BotTask } from './bot-task.ts';
import { configIfAny } from './lane-of-task.ts';

/** All lanes: the config's, then those that only the ledger knows. */
export async function knownLanes(task: BotTask): Promise<LaneWish[]> {
  const configured = configuredLanes(await configIfAny(task));
  const names = new Set(configured.map(({ lane }) => formatLane(lane)));
  const others = (await listLanes(task.release.ledger)).filter((lane) => !names.has(formatLane(lane)));
  return [...configured, ...others.map((lane) => ({ lane, policy: undefined }))];
}

/** The policies that a command on a whole model goes by: the config's; without a usable one, those that the ledger holds. */
export async function policiesOfModel(task: BotTask, model: string): Promise<(Policy | undefined)[]> {
  const isOfModel = ({ lane }: { lane: Lane }) => lane.model === model;
  const configured = configuredLanes(await configIfAny(task)).filter(isOfModel);
  if (configured.length > 0) return configured.map(({ policy }) => policy);
  const lanes = (await listLanes(task.release.ledger)).filter((lane) => isOfModel({ lane }));
  return (await loadViews(task.release.ledger, lanes)).map(({ state }) => state.policy);
}
