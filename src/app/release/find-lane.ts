import type { Config } from '../../config/config-schema.ts';
import { KnownGoodError } from '../../core/errors.ts';
import { formatLane, parseLane, type Lane } from '../../core/lane.ts';
import type { LedgerStore } from '../../core/ledger-store.ts';
import { nearestName } from '../../core/nearest-name.ts';
import { seen } from '../../core/seen.ts';
import { configuredLanes, policyIfAny } from './configured-lanes.ts';
import { listLanes } from './load-views.ts';

/** A lane by its name; one that neither config nor ledger knows is a `usage` error that lists what there is. */
export async function findLane(
  { config, ledger }: { config: Config | undefined; ledger: LedgerStore },
  text: string,
): Promise<Lane> {
  if (config !== undefined) {
    const lane = parseLane(text, Object.keys(config.models));
    if (policyIfAny(config, lane) !== undefined) return lane;
  }
  const known = await listLanes(ledger);
  const configured = Object.keys(config?.models ?? {});
  const models = configured.length > 0 ? configured : [...new Set(known.map(({ model }) => model))];
  if (models.length === 0 && !text.includes('/')) throw noModels(text);
  const lane = parseLane(text, models);
  const all = [...configuredLanes(config).map((each) => each.lane), ...known].map(formatLane);
  const name = formatLane(lane);
  if (all.includes(name)) return lane;
  const near = nearestName(name, all);
  const list = all.length === 0 ? 'there is none yet' : `there are: ${[...new Set(all)].join(', ')}`;
  const hint = near === undefined ? '' : ` Did you mean ${near}?`;
  throw new KnownGoodError(
    'usage',
    `There is no lane ${name}; ${list}.${hint} A lane is a model of the config in an environment that has a tag.`,
  );
}

function noModels(text: string): KnownGoodError {
  return new KnownGoodError(
    'usage',
    `Which model in ${seen(text)}? Neither config nor ledger names one: write MODEL/ENVIRONMENT, and run this in the repository that holds the ledger.`,
  );
}
