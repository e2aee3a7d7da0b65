import { listLanes } from '../../app/release/load-views.ts';
import { exitCodeOfStatuses, laneStatuses, type LaneWish } from '../../app/release/status.ts';
import { formatLane } from '../../core/lane.ts';
import { statusLines, statusPage } from '../../report/release/status-page.ts';
import { parseFlags } from './parse-flags.ts';
import { hasColor, printJson } from './print-result.ts';
import { configuredLanes, laneOf, openContext, policyIfAny, type ReleaseContext } from './release-context.ts';
import { argumentsOf, SHARED_FLAGS } from './release-flags.ts';
import type { Command } from './run-cli.ts';

/** `known-good status [LANE]`. Exit code 1 or 3 where something is wrong. */
export const statusCommand: Command = async (args, host) => {
  const { values, positionals } = parseFlags(args, SHARED_FLAGS);
  const [text] = argumentsOf(positionals, { usage: 'status [LANE]', least: 0, most: 1 });
  const context = await openContext(values, host);
  const lanes = text === undefined ? await allLanes(context) : [await wishOf(context, text)];
  const statuses = await laneStatuses(context.ports, lanes);
  const ledger = context.where;
  if (values.json) printJson(context, { schema: 1, ledger, lanes: statuses });
  else if (values.quiet) host.stdout.write(statusLines(statuses));
  else host.stdout.write(statusPage(statuses, { ledger, color: hasColor(context) }));
  return exitCodeOfStatuses(statuses);
};

async function wishOf(context: ReleaseContext, text: string): Promise<LaneWish> {
  const lane = await laneOf(context, text);
  return { lane, policy: policyIfAny(context, lane) };
}

/** The config's lanes, then those that only the ledger knows. */
async function allLanes(context: ReleaseContext): Promise<LaneWish[]> {
  const configured = configuredLanes(context);
  const names = new Set(configured.map(({ lane }) => formatLane(lane)));
  const others = (await listLanes(context.ports.ledger)).filter((lane) => !names.has(formatLane(lane)));
  return [...configured, ...others.map((lane) => ({ lane, policy: undefined }))];
}
