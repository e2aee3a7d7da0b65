import { known, unknown } from '../../core/fact.ts';
import type { ColumnRequest, Table } from '../../core/table.ts';
import type { DataFacts } from '../../gate/facts.ts';
import { measureDrift } from '../../stats/drift/measure-drift.ts';
import type { GateRequest } from './gate-request.ts';
import type { TablePorts } from './load-table.ts';

/** The training table, the features that the models take, and the table that they are measured on. */
export interface DriftWish {
  train: GateRequest['train'];
  features: readonly ColumnRequest[];
  table: Table;
}

/** How far each feature of a test table is from the training table; features that only one of them has are left out. Absent without a training table. */
export async function trainingDrift(
  { train, features, table }: DriftWish,
  ports: TablePorts,
): Promise<Pick<DataFacts, 'trainingDrift'>> {
  if (train === undefined) return {};
  const { columns } = await ports.tables.head(train.path);
  const names = [...new Set(features.map(({ name }) => name))].filter(
    (name) => columns.includes(name) && table.columns.has(name),
  );
  if (names.length === 0) {
    const path = JSON.stringify(train.path);
    return {
      trainingDrift: unknown(`${path} has none of the features, so drift from it cannot be measured.`),
    };
  }
  const wanted = names.map((name) => ({ name, type: table.columns.get(name)?.type ?? ('auto' as const) }));
  const reference = await ports.tables.read(train.path, wanted);
  return {
    trainingDrift: known(
      names.flatMap((name) => {
        const [before, now] = [reference.columns.get(name), table.columns.get(name)];
        return before === undefined || now === undefined ? [] : [{ name, result: measureDrift(before, now) }];
      }),
    ),
  };
}
