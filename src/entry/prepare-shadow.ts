import { nodeFiles } from '../adapters/files/node-files.ts';
import { CONFIG_PATH, loadConfig } from '../app/gate/request-from-config.ts';
import { findReleases, releasesByName, type FoundReleases } from '../app/shadow/find-releases.ts';
import { shadowFromConfig, type ConfiguredShadow } from '../app/shadow/request-from-config.ts';
import { shadowFromFlags } from '../app/shadow/request-from-flags.ts';
import type { ShadowRequest } from '../app/shadow/shadow-request.ts';
import { KnownGoodError } from '../core/errors.ts';
import type { LedgerStore } from '../core/ledger-store.ts';
import { TASKS, type Task } from '../core/task.ts';
import { verdictSchema } from '../core/verdict.ts';
import { nearestName } from '../core/nearest-name.ts';
import { refuseIdleShadowFlags } from './refuse-idle-shadow-flags.ts';

/** What a person or a workflow asks of the shadow. Texts are as typed. */
export interface ShadowWish {
  config?: string;
  model?: string;
  environment?: string;
  champion?: string;
  challenger?: string;
  log: readonly string[];
  labels: readonly string[];
  task?: string;
  positive?: string;
  threshold?: string;
  reference?: string;
  slices: readonly string[];
  /** A gate's verdict.json: what the held-out evaluation promised. */
  promised?: string;
  /** The folder that an earlier report may lie in. */
  out: string;
}

/** By the config, unless a log is named and neither it nor anything of it; else by flags alone. The ledger is opened only with a config. */
export async function prepareShadow(
  wish: ShadowWish,
  openLedger: () => Promise<LedgerStore>,
): Promise<ShadowRequest> {
  const named = [wish.config, wish.model, wish.environment].some((each) => each !== undefined);
  const byFlags = wish.log.length > 0 && !named;
  const config = byFlags ? undefined : await loadConfig(wish.config, nodeFiles);
  if (config === undefined && wish.log.length === 0) throw nothingToRead();
  if (config !== undefined) refuseIdleShadowFlags(wish);
  const configured = config === undefined ? flagsAlone(wish) : shadowFromConfig(config, overridesOf(wish));
  const found =
    config === undefined
      ? releasesByName({ ...wish, model: configured.model })
      : await findReleases(await openLedger(), releaseWish(wish, configured));
  const promised = wish.promised === undefined ? found.promised : await readPromise(wish.promised);
  const { releases } = found;
  return {
    ...configured,
    ...(releases === undefined ? {} : { releases }),
    ...(promised === undefined ? {} : { promised }),
    looksBefore: Math.max(found.looksBefore, await looksInFolder(wish.out, configured, found)),
  };
}

function releaseWish({ environment, champion, challenger }: ShadowWish, { model }: ConfiguredShadow) {
  return {
    model,
    ...(environment === undefined ? {} : { environment }),
    ...(champion === undefined ? {} : { champion }),
    ...(challenger === undefined ? {} : { challenger }),
  };
}

function overridesOf({ model, environment, log, labels }: ShadowWish) {
  return {
    ...(model === undefined ? {} : { model }),
    ...(environment === undefined ? {} : { environment }),
    ...(log.length === 0 ? {} : { log }),
    ...(labels.length === 0 ? {} : { labels }),
  };
}

function flagsAlone(wish: ShadowWish): ConfiguredShadow {
  if (wish.environment !== undefined) {
    throw new KnownGoodError(
      'usage',
      `--environment is looked up in the config, and there is none here. Name it by --config FILE, or leave --environment out.`,
    );
  }
  const { log, labels, model, positive, reference, slices } = wish;
  const task = taskOf(wish.task);
  const threshold = thresholdOf(wish.threshold);
  return shadowFromFlags({
    log,
    labels,
    slices,
    ...(model === undefined ? {} : { model }),
    ...(task === undefined ? {} : { task }),
    ...(positive === undefined ? {} : { positive }),
    ...(threshold === undefined ? {} : { threshold }),
    ...(reference === undefined ? {} : { reference }),
  });
}

function taskOf(text: string | undefined): Task | undefined {
  if (text === undefined) return undefined;
  const task = TASKS.find((each) => each === text);
  if (task !== undefined) return task;
  const near = nearestName(text, TASKS);
  const hint = near === undefined ? '' : ` Did you mean ${near}?`;
  throw new KnownGoodError(
    'usage',
    `There is no task ${JSON.stringify(text)}; there are ${TASKS.join(', ')}.${hint}`,
  );
}

function thresholdOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (value >= 0 && value <= 1) return value;
  throw new KnownGoodError('usage', `--threshold is a number from 0 to 1: saw ${JSON.stringify(text)}.`);
}

function nothingToRead(): KnownGoodError {
  return new KnownGoodError(
    'usage',
    `There is neither a log nor a config ${JSON.stringify(CONFIG_PATH)} here. Name a log: known-good shadow --log FILE [--labels FILE].`,
  );
}

const MOST_BYTES = 2 ** 20;

async function readPromise(path: string): Promise<{ name: string; text: string }> {
  const text = await nodeFiles.readText(path, MOST_BYTES);
  if (text !== undefined) return { name: path, text };
  throw new KnownGoodError(
    'input',
    `There is no file ${JSON.stringify(path)}; --gate-verdict is the verdict.json of a gate.`,
  );
}

/** How often this pair was reported into the same folder: by its names, else by the log. A file that is no verdict counts for nothing. */
async function looksInFolder(
  out: string,
  { model, log }: ConfiguredShadow,
  { releases }: FoundReleases,
): Promise<number> {
  const text = await nodeFiles.readText(`${out}/verdict.json`, 4 * MOST_BYTES).catch(() => undefined);
  const before = text === undefined ? undefined : parsed(text);
  if (before?.shadow === undefined || before.model !== model) return 0;
  const { champion, challenger, look } = before.shadow;
  const same =
    releases === undefined
      ? before.data.some(({ role, path }) => role === 'log' && path === log[0])
      : releases.champion.name === champion.name && releases.challenger.name === challenger.name;
  return same ? look : 0;
}

function parsed(text: string) {
  try {
    const result = verdictSchema.safeParse(JSON.parse(text));
    return result.success ? result.data : undefined;
  } catch {
    return undefined;
  }
}
