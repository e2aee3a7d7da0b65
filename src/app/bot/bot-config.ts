import { parseConfig } from '../../config/parse-config.ts';
import type { Config } from '../../config/config-schema.ts';
import type { ConfigOrigin } from '../../core/config-origin.ts';
import { digestOf } from '../../core/digest.ts';
import { KnownGoodError, messageChain } from '../../core/errors.ts';
import type { DefaultBranch, DefaultBranchFile } from '../../core/forge.ts';
import type { Timer } from '../../core/ports.ts';
import { within } from './within.ts';

/** The config on the default branch, or why there is none to go by. */
export type BotConfig =
  | { kind: 'usable'; config: Config; origin: ConfigOrigin; /** `refs/heads/main` */ ref: string }
  /** `error` says it to a person; `why` is its beginning, for a sentence. */
  | { kind: 'unusable'; error: KnownGoodError; why: string };

/** Reads the config of the default branch, whatever is checked out. Never rejects. */
export async function loadBotConfig(defaultBranch: DefaultBranch, path: string): Promise<BotConfig> {
  try {
    return read(await defaultBranch.file(path), path);
  } catch (error) {
    if (error instanceof KnownGoodError) return unusable(error);
    return unusable(new KnownGoodError('unavailable', messageChain(error).join(': '), { cause: error }));
  }
}

/** The same, for a command that does not wait long for it. */
export async function configWithin(
  loading: Promise<BotConfig>,
  ms: number,
  timer: Timer,
): Promise<BotConfig> {
  const waited = await within(loading, ms, timer);
  if (waited.kind === 'done') return waited.value;
  return unusable(new KnownGoodError('unavailable', `GitHub did not show it within ${ms / 1000} s.`));
}

function read({ text, ref, commit }: DefaultBranchFile, path: string): BotConfig {
  if (text === undefined) {
    const message = `There is no config ${path} on ${ref.replace('refs/heads/', '')}, which says what is asked of a release.`;
    throw new KnownGoodError('config', message);
  }
  const origin = { digest: digestOf(text), commit, state: 'committed' } as const;
  return { kind: 'usable', config: parseConfig(text, path), origin, ref };
}

function unusable(error: KnownGoodError): BotConfig {
  const [first = '', second] = error.message.split('\n');
  return { kind: 'unusable', error, why: second ?? first };
}
