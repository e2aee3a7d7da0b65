import { releaseQuarantined } from '../../app/release/release-quarantined.ts';
import { listLanes } from '../../app/release/load-views.ts';
import { KnownGoodError } from '../../core/errors.ts';
import { LANE_NAME } from '../../core/lane.ts';
import { parseFlags } from './parse-flags.ts';
import { printChange } from './print-result.ts';
import { openContext, type ReleaseContext } from './release-context.ts';
import { argumentsOf, CHANGING_FLAGS, neededReason } from './release-flags.ts';
import type { Command } from './run-cli.ts';

/** `known-good release [MODEL@]RELEASE --reason "…"`. */
export const releaseCommand: Command = async (args, host) => {
  const { values, positionals } = parseFlags(args, CHANGING_FLAGS);
  const usage = 'release [MODEL@]RELEASE --reason "…"';
  const [release = ''] = argumentsOf(positionals, { usage, least: 1, most: 1 });
  const reason = neededReason(values, 'release');
  const context = await openContext(values, host);
  const model = await modelOf(context, release);
  const order = { model, release, reason, dryRun: values['dry-run'] };
  return printChange(context, await releaseQuarantined(context.ports, order));
};

/** The model before the `@`, else the only one there is. */
async function modelOf({ config, ports }: ReleaseContext, release: string): Promise<string> {
  const at = release.indexOf('@');
  const named = at > 0 ? release.slice(0, at) : undefined;
  if (named !== undefined && LANE_NAME.test(named)) return named;
  const models =
    config === undefined
      ? [...new Set((await listLanes(ports.ledger)).map(({ model }) => model))]
      : Object.keys(config.models);
  const [only] = models;
  if (only !== undefined && models.length === 1) return only;
  throw new KnownGoodError(
    'usage',
    `Which model's ${JSON.stringify(release.slice(0, 100))}? Write MODEL@RELEASE; there are: ${models.join(', ') || 'none'}.`,
  );
}
