import type { Config } from '../../config/config-schema.ts';
import type { ConfigOrigin } from '../../core/config-origin.ts';
import type { Lane } from '../../core/lane.ts';
import type { Policy } from '../../core/policy.ts';
import type { LaneView } from '../../ledger/commit.ts';
import { policyIfAny } from '../release/configured-lanes.ts';
import { findLane } from '../release/find-lane.ts';
import { loadView } from '../release/load-lane.ts';
import { gatesDigestOf, policyOf, shadowDigestOf } from '../release/policy-of.ts';
import type { EvidenceRules } from '../../promotion/evidence-reasons.ts';
import { configWithin } from './bot-config.ts';
import type { BotTask } from './bot-task.ts';

/** So long a command that does without a config waits for one. */
const PATIENCE_MS = 10_000;

/** A lane as the config on the default branch says it. */
export interface GovernedLane {
  lane: Lane;
  policy: Policy;
  rules: EvidenceRules;
  origin: ConfigOrigin;
  view: LaneView;
}

/** A lane for a command that goes by the config; one that is missing or broken stops it, with what is wrong. */
export async function governedLane(
  { release, config: loading, settings }: BotTask,
  text: string,
): Promise<GovernedLane> {
  const loaded = await loading;
  if (loaded.kind === 'unusable') throw loaded.error;
  const { config, origin, ref } = loaded;
  const lane = await findLane({ config, ledger: release.ledger }, text);
  const policy = policyOf(config, lane);
  const rules = {
    gates: gatesDigestOf(config, lane),
    shadow: shadowDigestOf(config, lane),
    defaultRef: ref,
    actor: release.actor.name,
    reRunner: settings.reRunner,
  };
  return { lane, policy, rules, origin, view: await loadView(release.ledger, lane) };
}

/** A lane for a command that does without a config. */
export interface PlainLane {
  lane: Lane;
  /** By the config; absent where it says nothing of the lane. */
  configured: Policy | undefined;
  /** That says who may do what: the config's, else that of the last operation. */
  policy: Policy | undefined;
  view: LaneView;
}

/** The same for a command that does without a usable config, and says so. */
export async function plainLane(task: BotTask, text: string): Promise<PlainLane> {
  const { release } = task;
  const config = await configIfAny(task);
  const lane = await findLane({ config, ledger: release.ledger }, text);
  const configured = policyIfAny(config, lane);
  const view = await loadView(release.ledger, lane);
  return { lane, configured, policy: configured ?? view.state.policy, view };
}

/** The config where it is usable; where it is not, the reply says that the ledger's policy served. */
export async function configIfAny({ config, notes, release }: BotTask): Promise<Config | undefined> {
  const loaded = await configWithin(config, PATIENCE_MS, release.timer);
  if (loaded.kind === 'usable') return loaded.config;
  noteUnusable(notes, loaded.why);
  return undefined;
}

/** Adds the sentence that every command says that went on without a config. */
export function noteUnusable(notes: string[], why: string): void {
  const beginning = 'The config on the default branch is not usable';
  if (notes.some((note) => note.startsWith(beginning))) return;
  notes.push(`${beginning}, so what the ledger holds served: ${why}`);
}
