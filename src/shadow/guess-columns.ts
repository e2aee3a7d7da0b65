import { nearestName } from '../core/nearest-name.ts';
import type { ShadowColumns, SideColumns } from './columns.ts';
import type { Side } from './facts.ts';

/** Names that logs give to a request, its time and its label, most telling first. */
const NAMES = {
  id: ['request_id', 'requestId', 'id', 'event_id', 'row_id'],
  time: ['timestamp', 'time', 'ts', 'requested_at', 'created_at', 'event_time', 'datetime'],
  label: ['label', 'y', 'target', 'actual', 'outcome'],
  labelTime: ['label_timestamp', 'label_time', 'labelled_at', 'labeled_at', 'label_ts'],
} as const;

/** What a model's columns end in. */
const ENDINGS = {
  score: ['score', 'prediction', 'probability', 'pred'],
  latency: ['latency_ms', 'latency', 'duration_ms'],
  error: ['error', 'error_kind'],
  version: ['version', 'model_version', 'release'],
} as const;

/** The columns by their common names, and what was guessed; or the columns that no name fits, in words. */
export function guessColumns(
  names: readonly string[],
): { columns: ShadowColumns; assumption: string } | { missing: readonly string[] } {
  const first = (candidates: readonly string[]): string | undefined =>
    candidates.find((candidate) => names.includes(candidate));
  const [id, time] = [first(NAMES.id), first(NAMES.time)];
  const champion = guessSide('champion', names);
  const challenger = guessSide('challenger', names);
  if (id === undefined || time === undefined || champion === undefined || challenger === undefined) {
    const wanted: [string, unknown][] = [
      ['id (such as request_id)', id],
      ['time (such as timestamp)', time],
      ['champion.score (such as champion_score)', champion],
      ['challenger.score (such as challenger_score)', challenger],
    ];
    return { missing: wanted.filter(([, found]) => found === undefined).map(([name]) => name) };
  }
  const [label, labelTime] = [first(NAMES.label), first(NAMES.labelTime)];
  const nested = names.some((name) => name.startsWith('features.'));
  const columns: ShadowColumns = {
    id,
    time,
    ...(label === undefined ? {} : { label }),
    ...(labelTime === undefined ? {} : { labelTime }),
    champion,
    challenger,
    ...(nested ? { features: 'features' } : {}),
  };
  return { columns, assumption: `columns: ${list(columns)}` };
}

function guessSide(side: Side, names: readonly string[]): SideColumns | undefined {
  const first = (endings: readonly string[]): string | undefined =>
    endings
      .flatMap((ending) => [`${side}_${ending}`, `${side}.${ending}`])
      .find((name) => names.includes(name));
  const score = first(ENDINGS.score) ?? (names.includes(side) ? side : undefined);
  if (score === undefined) return undefined;
  const [latency, error, version] = [first(ENDINGS.latency), first(ENDINGS.error), first(ENDINGS.version)];
  return {
    score,
    ...(latency === undefined ? {} : { latency }),
    ...(error === undefined ? {} : { error }),
    ...(version === undefined ? {} : { version }),
  };
}

function list({ id, time, label, labelTime, champion, challenger }: ShadowColumns): string {
  const all = [id, time, label, labelTime, ...Object.values(champion), ...Object.values(challenger)];
  return all.filter((name) => name !== undefined).join(', ');
}

/** What to say of columns that no name fits. */
export function unguessable(missing: readonly string[], names: readonly string[]): string {
  const near = missing
    .map((wish) => nearestName(wish.split(/[ .]/)[0] ?? wish, names))
    .find((name) => name !== undefined);
  const hint = near === undefined ? '' : ` Is it ${JSON.stringify(near)}?`;
  const seen = names.slice(0, 30).map((name) => JSON.stringify(name));
  const more = names.length > 30 ? ` and ${names.length - 30} more` : '';
  return `No column of the log looks like ${missing.join(', ')}: saw ${seen.join(', ')}${more}.${hint} Name them in shadow.columns of the config.`;
}
