import type { SqlSession } from '../../core/sql-engine.ts';
import {
  SIDES,
  type Coverage,
  type FailurePairs,
  type LogFacts,
  type PerSide,
  type Side,
  type SideOutcomes,
} from '../../shadow/facts.ts';
import { countDuplicates } from '../../shadow/sql/duplicate-views.ts';
import { COUNT_FATES, COUNT_STATES, countErrors, OTHER_VERSIONS } from '../../shadow/sql/request-counts.ts';
import { FATE, STATE } from '../../shadow/sql/request-views.ts';
import type { OpenLog } from './open-log.ts';

/** What the log holds and what of it counts. */
export async function loadLogFacts(log: OpenLog, repeats: boolean): Promise<LogFacts> {
  const { session, loaded, labels } = log;
  const fates = await session.read(COUNT_FATES, { fate: 'code', n: 'number' });
  const rowsOf = (fate: number): number => fates.n[fates.fate.indexOf(fate)] ?? 0;
  const malformed = [
    ...loaded.malformed.map((each) => ({
      ...each,
      column: log.names.get(each.column) ?? each.column,
      rows: loaded.rows,
    })),
    ...(labels?.malformed ?? []).map((each) => ({ ...each, rows: labels?.rows ?? 0 })),
  ];
  return {
    files: loaded.files,
    labelFiles: labels?.files ?? [],
    rows: loaded.rows,
    rejected: mostRejected(loaded.rejected, labels?.rejected),
    malformed,
    withoutId: rowsOf(FATE.withoutId),
    withoutTime: rowsOf(FATE.withoutTime),
    fromFuture: rowsOf(FATE.fromFuture),
    outsideWindow: rowsOf(FATE.outsideWindow),
    withoutVersion: rowsOf(FATE.withoutVersion),
    duplicates: repeats ? await loadDuplicates(session) : { rows: 0, differing: 0 },
    otherVersions: {
      rows: rowsOf(FATE.otherVersion),
      names: await loadOthers(session, rowsOf(FATE.otherVersion)),
    },
    swapped: rowsOf(FATE.swapped),
  };
}

type Rejected = LogFacts['rejected'];

function mostRejected(log: Rejected, labels: Rejected | undefined): Rejected {
  const first = log.first ?? labels?.first;
  return { count: log.count + (labels?.count ?? 0), ...(first === undefined ? {} : { first }) };
}

async function loadDuplicates(session: SqlSession): Promise<LogFacts['duplicates']> {
  const { again, differing } = await session.read(countDuplicates(), {
    again: 'number',
    differing: 'number',
  });
  return { rows: again[0] ?? 0, differing: differing[0] ?? 0 };
}

async function loadOthers(session: SqlSession, rows: number): Promise<LogFacts['otherVersions']['names']> {
  if (rows === 0) return [];
  const { champion, challenger, n } = await session.read(OTHER_VERSIONS, {
    champion: 'text',
    challenger: 'text',
    n: 'number',
  });
  return Array.from(n, (count, row) => ({
    champion: champion[row] ?? '',
    challenger: challenger[row] ?? '',
    rows: count,
  }));
}

/** Requests by who answered them, and by who failed. */
export async function loadOutcomes(log: OpenLog): Promise<{
  coverage: Coverage;
  failures: FailurePairs;
  outcomes: PerSide<SideOutcomes>;
}> {
  const { session } = log;
  const states = await session.read(COUNT_STATES, { champion: 'code', challenger: 'code', n: 'number' });
  const sumWhere = (test: (champion: number, challenger: number) => boolean): number =>
    states.n.reduce(
      (sum, n, row) => (test(states.champion[row] ?? -1, states.challenger[row] ?? -1) ? sum + n : sum),
      0,
    );
  const reached = (state: number): boolean => state !== STATE.absent;
  const failed = (state: number): boolean => state > STATE.scored;
  const both = (test: (champion: number, challenger: number) => boolean): number =>
    sumWhere((a, b) => reached(a) && reached(b) && test(a, b));
  const ofSide = (side: Side, state: number): number =>
    sumWhere((champion, challenger) => (side === 'champion' ? champion : challenger) === state);
  const outcomes = await Promise.all(
    SIDES.map(async (side): Promise<[Side, SideOutcomes]> => {
      const kinds = log.has(`${side}_error`) ? await loadErrors(session, side) : [];
      const named = kinds.slice(0, 20);
      const told = named.reduce((sum, { rows }) => sum + rows, 0);
      return [
        side,
        {
          scored: ofSide(side, STATE.scored),
          errors: named,
          otherErrors: ofSide(side, STATE.error) - told,
          notANumber: ofSide(side, STATE.notANumber),
          silent: ofSide(side, STATE.silent),
        },
      ];
    }),
  );
  return {
    coverage: {
      both: both(() => true),
      championOnly: sumWhere((a, b) => reached(a) && !reached(b)),
      challengerOnly: sumWhere((a, b) => !reached(a) && reached(b)),
      neither: sumWhere((a, b) => !reached(a) && !reached(b)),
    },
    failures: {
      both: both((a, b) => failed(a) && failed(b)),
      championOnly: both((a, b) => failed(a) && !failed(b)),
      challengerOnly: both((a, b) => !failed(a) && failed(b)),
      neither: both((a, b) => !failed(a) && !failed(b)),
    },
    outcomes: Object.fromEntries(outcomes) as PerSide<SideOutcomes>,
  };
}

async function loadErrors(session: SqlSession, side: Side): Promise<{ kind: string; rows: number }[]> {
  const { kind, n } = await session.read(countErrors(side), { kind: 'text', n: 'number' });
  return Array.from(n, (rows, row) => ({ kind: kind[row] ?? '', rows }));
}
