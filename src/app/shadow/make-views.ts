import type { SqlSession } from '../../core/sql-engine.ts';
import { KnownGoodError } from '../../core/errors.ts';
import { SIDES, type PerSide, type ShadowRelease, type ShadowTask, type Side } from '../../shadow/facts.ts';
import { countedView, countRepeatedIds, repeatedTable } from '../../shadow/sql/duplicate-views.ts';
import { countRepeatedLabels, isJoined, labelViews } from '../../shadow/sql/label-views.ts';
import { COUNT_LEFT_OUT, FATES_TABLE } from '../../shadow/sql/request-counts.ts';
import { countWithoutVersion, requestsView, type VersionNames } from '../../shadow/sql/request-views.ts';
import { quote } from '../../verdict/sentences.ts';
import { codeSlice, type CodedSlice } from './code-slices.ts';
import type { OpenLog } from './open-log.ts';
import type { ShadowRequest } from './shadow-request.ts';

/** Whose requests these are, and how that is known. */
export interface Binding {
  kind: 'versions' | 'trusted' | 'unbound';
  releases: PerSide<ShadowRelease>;
  /** What the log may call them, for each side whose versions are looked at. */
  names: VersionNames;
  assumptions: readonly string[];
}

/**
 * By the releases that were asked for; else by the pair of versions that the log has most of; else unbound. `trust_log` stands in for versions
 * that the log does not have, never for those that it has.
 */
export async function bindReleases(log: OpenLog, request: ShadowRequest): Promise<Binding> {
  const versioned = SIDES.filter((side) => log.has(`${side}_version`));
  const asked = request.releases;
  const plain = { champion: { name: 'champion' }, challenger: { name: 'challenger' } };
  if (asked !== undefined) {
    const names = Object.fromEntries(versioned.map((side) => [side, namesOf(asked, side)]));
    const kind = versioned.length === 2 ? 'versions' : request.trustLog ? 'trusted' : 'unbound';
    return { kind, releases: asked, names, assumptions: [] };
  }
  const unbound = { kind: 'unbound', releases: plain, names: {}, assumptions: [] } as const;
  if (versioned.length < 2) return unbound;
  const pairs = await commonPairs(log.session);
  const first = pairs.find(({ champion, challenger }) => champion !== challenger);
  if (first === undefined && pairs[0] !== undefined) throw sameRelease(pairs[0].champion);
  if (first === undefined) return unbound;
  const { champion, challenger } = first;
  return {
    kind: 'versions',
    releases: {
      champion: { name: champion, version: champion },
      challenger: { name: challenger, version: challenger },
    },
    names: { champion: [champion], challenger: [challenger] },
    assumptions: [`releases: ${champion} and ${challenger}, the pair that the log has most rows of`],
  };
}

/** What the log may call a release, without what it may call the other one too. */
function namesOf(asked: NonNullable<ShadowRequest['releases']>, side: Side): string[] {
  const other = asked[side === 'champion' ? 'challenger' : 'champion'].names;
  return asked[side].names.filter((name) => !other.includes(name));
}

function sameRelease(version: string): KnownGoodError {
  return new KnownGoodError(
    'input',
    `Every row of the log names ${quote(version)} as champion and as challenger: there is nothing to compare. Log two releases, or correct the version columns.`,
  );
}

async function commonPairs(session: SqlSession): Promise<{ champion: string; challenger: string }[]> {
  const sql =
    'SELECT champion_version, challenger_version FROM log WHERE champion_version IS NOT NULL AND challenger_version IS NOT NULL GROUP BY 1, 2 ORDER BY CASE WHEN champion_version = challenger_version THEN 1 ELSE 0 END, count(*) DESC, 1, 2 LIMIT 1';
  const { champion, challenger, rows } = await session.read(sql, { champion: 'text', challenger: 'text' });
  return Array.from({ length: rows }, (_, row) => ({
    champion: champion[row] ?? '',
    challenger: challenger[row] ?? '',
  }));
}

/** What the views are made of, beside the log. */
export interface ViewSettings {
  task: ShadowTask;
  names: Binding['names'];
  window: ShadowRequest['window'];
  /** Milliseconds since 1970. */
  now: number;
}

/** What is to be known of the views. */
export interface MadeViews {
  /** Some id repeats. */
  repeats: boolean;
  slices: readonly CodedSlice[];
  /** `labelled` is in file order. */
  ordered: boolean;
}

/** Makes the views `requests` and `counted` and the table `labelled`. */
export async function makeViews(
  log: OpenLog,
  { task, names, window, now }: ViewSettings,
): Promise<MadeViews> {
  const { session } = log;
  const { dialect } = session;
  const carried = [...log.slices.map(({ as }) => as), ...log.features.map(({ as }) => as)];
  const numericLabel = log.labelKind === 'number';
  const { has } = log;
  const { n: nameless } = await session.read(countWithoutVersion(names), { n: 'number' });
  const allVersioned = nameless[0] === 0;
  const views = { dialect, task, has, numericLabel, window, now, names, allVersioned, carried };
  await session.run(requestsView({ ...views, allCount: false }));
  await session.run(FATES_TABLE);
  const { n: leftOut } = await session.read(COUNT_LEFT_OUT, { n: 'number' });
  if (leftOut[0] === 0) await session.run(requestsView({ ...views, allCount: true }));
  const { repeated } = await session.read(countRepeatedIds(dialect), { repeated: 'number' });
  const repeats = (repeated[0] ?? 0) > 0;
  if (repeats) await session.run(repeatedTable(dialect));
  await session.run(countedView(repeats));
  const slices: CodedSlice[] = [];
  for (const slice of log.slices) slices.push(await codeSlice(log, slice));
  const files = log.labels !== undefined;
  const again = files ? await session.read(countRepeatedLabels(dialect), { repeated: 'number' }) : undefined;
  const sources = { files, repeats, inLog: log.has('label'), once: again?.repeated[0] === 0, now, slices };
  for (const statement of labelViews(sources)) await session.run(statement);
  return { repeats, slices, ordered: !isJoined(sources) };
}
