import type { ConfigOrigin } from '../../core/config-origin.ts';
import { parseLane, type Lane } from '../../core/lane.ts';
import type { Policy } from '../../core/policy.ts';
import type { LaneView } from '../../ledger/commit.ts';
import { policyIfAny } from '../release/configured-lanes.ts';
import { findLane } from '../release/find-lane.ts';
import { loadView } from '../release/load-lane.ts';
import { listLanes } from '../release/load-views.ts';
import { configWithin, type BotConfig } from './bot-config.ts';
import type { BotTask } from './bot-task.ts';
import { noteUnusable } from './lane-of-task.ts';

/** So long the config is waited for where the ledger does not say what it would. */
const PATIENCE_MS = 3000;

/** A lane that is to be rolled back. `policy`: the config's, for a lane that the ledger has none of. */
export interface RollbackLane {
  lane: Lane;
  view: LaneView;
  policy: Policy | undefined;
  origin: ConfigOrigin | undefined;
}

/**
 * The lane that a rollback means, by the ledger wherever that can tell: the config is asked for the model that was left out, and for a lane
 * without history, and not waited for long.
 */
export async function rollbackLane(task: BotTask, text: string): Promise<RollbackLane> {
  const lane = await laneMeant(task, text);
  const view = await loadView(task.release.ledger, lane);
  if (view.state.policy !== undefined || view.state.closed !== undefined) {
    return { lane, view, policy: undefined, origin: undefined };
  }
  const loaded = await patiently(task);
  if (loaded.kind === 'unusable') noteUnusable(task.notes, loaded.why);
  const config = loaded.kind === 'usable' ? loaded.config : undefined;
  const policy = policyIfAny(config, lane);
  // Neither knows it: the sentence that lists what there is.
  if (policy === undefined) await findLane({ config, ledger: task.release.ledger }, text);
  return { lane, view, policy, origin: loaded.kind === 'usable' ? loaded.origin : undefined };
}

async function laneMeant(task: BotTask, text: string): Promise<Lane> {
  if (text.includes('/')) return parseLane(text, []);
  const loaded = await patiently(task);
  const models = loaded.kind === 'usable' ? Object.keys(loaded.config.models) : [];
  if (models.length === 1) return parseLane(text, models);
  if (loaded.kind === 'unusable') noteUnusable(task.notes, loaded.why);
  const here = (await listLanes(task.release.ledger)).filter(({ environment }) => environment === text);
  const [only] = here;
  if (only !== undefined && here.length === 1) return only;
  const config = loaded.kind === 'usable' ? loaded.config : undefined;
  return findLane({ config, ledger: task.release.ledger }, text);
}

function patiently({ config, release: { timer } }: BotTask): Promise<BotConfig> {
  return configWithin(config, PATIENCE_MS, timer);
}
