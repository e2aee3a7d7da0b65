import type { Config } from '../../config/config-schema.ts';
import { parseConfig } from '../../config/parse-config.ts';
import type { BaseCommit } from '../../core/ports.ts';
import type { JudgedBy } from '../../gate/facts.ts';
import { outlined } from './base-configs.ts';
import type { BaseView } from './base-view.ts';
import { guarded, textAt } from './base-view.ts';
import type { LoadedConfig } from './request-from-config.ts';

/** The config whose gates judge a pull request, and whose they are. */
export interface JudgingConfig {
  judgedBy: JudgedBy;
  config: Config;
}

/**
 * The config of a pull request's base branch, at its tip: a change must not pass by gates of its own. Its own config judges where the base
 * branch has none for this model; where the base branch's cannot be had it does too, and `judgedBy` says why, so that the verdict holds.
 */
export async function judgingConfig(
  loaded: LoadedConfig,
  model: string,
  ports: Pick<BaseView, 'repository' | 'files'>,
): Promise<JudgingConfig> {
  const own = (judgedBy: JudgedBy): JudgingConfig => ({ judgedBy, config: loaded.config });
  const base = await ports.repository.base();
  if (base.kind !== 'commit') return own(withoutBase(base));
  const text = await guarded(() => textAt(loaded.path, { ...ports, revision: base.tip }));
  if (!text.known) return own(unreadable(base.tip, text.why));
  const names = text.value === undefined ? [] : outlined(loaded.path, text.value).models;
  if (text.value === undefined || names?.every(({ name }) => name !== model) === true)
    return own({ kind: 'own', commit: base.tip });
  const written = text.value;
  const config = await guarded(async () => parseConfig(written, loaded.path));
  if (!config.known) return own(unreadable(base.tip, config.why));
  return { judgedBy: { kind: 'base', commit: base.tip }, config: config.value };
}

const HISTORY = 'Check out with the history (fetch-depth: 0 of actions/checkout) before the gate runs.';

function withoutBase(base: Exclude<BaseCommit, { kind: 'commit' }>): JudgedBy {
  switch (base.kind) {
    case 'outside':
      return { kind: 'unknown', why: 'there is no git clone here', settle: HISTORY };
    case 'first':
      return { kind: 'unknown', why: 'this clone has no commit before this one', settle: HISTORY };
    case 'unavailable':
      return { kind: 'unknown', why: base.why, settle: base.settle };
    default:
      return base satisfies never;
  }
}

function unreadable(tip: string, why: string): JudgedBy {
  return {
    kind: 'unknown',
    why: `the config at ${tip.slice(0, 7)} is not readable: ${why.replace(/\.$/, '')}`,
    settle: 'Mend the config on the base branch first.',
  };
}
