import type { LogColumn } from '../core/sql-engine.ts';
import { SIDES, type PerSide, type Side } from './facts.ts';

/** Columns of one model in the log; nested fields with dots. */
export interface SideColumns {
  score: string;
  latency?: string;
  error?: string;
  version?: string;
}

/** What the columns of the log are called. */
export interface ShadowColumns extends PerSide<SideColumns> {
  id: string;
  time: string;
  label?: string;
  labelTime?: string;
  /** The field that holds the features, where they are nested in one. */
  features?: string;
}

/** A feature or slice column: its name for people, its column or path in the log, and its name in the relation. */
export interface NamedColumn {
  name: string;
  from: string;
  as: string;
}

/** The relation's columns of one model: `champion_score` and so on; those that the log has no name for come back as missing. */
export function sideColumns(side: Side, { score, latency, error, version }: SideColumns): LogColumn[] {
  const named = (what: string, from: string | undefined, kind: LogColumn['kind']): LogColumn[] =>
    from === undefined ? [] : [{ name: `${side}_${what}`, from, kind }];
  return [
    ...named('score', score, 'number'),
    ...named('latency', latency, 'number'),
    ...named('error', error, 'text'),
    ...named('version', version, 'text'),
  ];
}

/** The columns of the log, as the engine is asked for them. Features and slices are optional: the log may not have them. */
export function logColumns(
  columns: ShadowColumns,
  {
    features,
    slices,
    labelKind,
  }: {
    labelKind: 'number' | 'text';
    features: readonly NamedColumn[];
    slices: readonly (NamedColumn & { numeric: boolean })[];
  },
): LogColumn[] {
  return [
    { name: 'id', from: columns.id, kind: 'text' },
    { name: 'time', from: columns.time, kind: 'instant' },
    ...(columns.label === undefined
      ? []
      : [{ name: 'label', from: columns.label, kind: labelKind, optional: true } as const]),
    ...(columns.labelTime === undefined
      ? []
      : [{ name: 'label_time', from: columns.labelTime, kind: 'instant', optional: true } as const]),
    ...SIDES.flatMap((side) => sideColumns(side, columns[side])),
    ...slices.map(({ from, as, numeric }): LogColumn => ({
      name: as,
      from,
      kind: numeric ? 'number' : 'text',
      optional: true,
    })),
    ...features.map(({ from, as }): LogColumn => ({ name: as, from, kind: 'auto', optional: true })),
  ];
}
