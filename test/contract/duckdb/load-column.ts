import type { LoadedSource, LogKind } from '../../../src/core/sql-engine.ts';
import { columns, type temporaryLogs } from './temporary-log.ts';

/** One column `x` of a file: what it holds, its values (NaN where missing) and what was malformed. */
export function columnOf(logs: ReturnType<typeof temporaryLogs>) {
  return async (path: string, kind: LogKind) => {
    const session = await logs.open();
    const source = { relation: 'log', paths: [path], columns: columns({ x: kind }), maxRejected: 0 };
    const loaded = await session.load(source);
    const as = loaded.kinds.get('x') === 'text' ? 'text' : 'number';
    const { x } = await session.read('SELECT x FROM log', { x: as });
    const { nulls } = await session.read('SELECT count(*) FILTER (WHERE x IS NULL) FROM log', {
      nulls: 'number',
    });
    return { loaded, values: Array.from<number | string>(x), nulls: nulls[0] };
  };
}

/** Count, first value and its line. */
export function malformed({
  malformed: [first],
}: LoadedSource): [number, string, number | undefined] | undefined {
  return first && [first.count, first.example.value, first.example.line];
}
