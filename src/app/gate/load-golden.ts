import type { Fact } from '../../core/fact.ts';
import type { Column, ColumnRequest, Table } from '../../core/table.ts';
import { KnownGoodError } from '../../core/errors.ts';
import type { Files, Tables } from '../../core/ports.ts';
import type { GoldenRow } from '../../gate/facts.ts';
import type { Answers } from '../../gate/mapping/answers.ts';
import { columnsOf } from '../../gate/mapping/input-plan.ts';
import type { LabelScheme } from '../../gate/mapping/to-sample.ts';
import { positiveColumn } from '../../gate/mapping/to-sample.ts';
import type { Askable } from './measure.ts';
import { asFact, measureAll } from './measure.ts';

const MOST_BYTES = 64 * 2 ** 20;
const PREFIX = 'features.';

/**
 * Reads golden.jsonl (`{ "features": {…}, "score": 0.12 }`, or `prediction`, or `probabilities: {class: …}` a line)
 * and asks the model. `undefined` when there is no such file.
 */
export async function loadGolden(
  path: string,
  model: Askable,
  context: { scheme: LabelScheme; ports: { files: Files; tables: Tables } },
): Promise<Fact<readonly GoldenRow[] | undefined>> {
  const { ports, scheme } = context;
  return asFact(async () => {
    if ((await ports.files.readText(path, MOST_BYTES)) === undefined) return undefined;
    const expected = await expectedColumns(path, scheme, ports.tables);
    const features = columnsOf(model.inputs).map((column) => ({
      ...column,
      name: `${PREFIX}${column.name}`,
    }));
    const read = await ports.tables.read(path, [...features, ...expected]);
    const answers = await measureAll(model, withoutPrefix(read));
    if (!answers.known) throw new KnownGoodError('input', answers.why);
    return Array.from({ length: read.rows }, (_, row) =>
      goldenRow(row, { read, expected, answers: answers.value, scheme }),
    );
  });
}

async function expectedColumns(path: string, scheme: LabelScheme, tables: Tables): Promise<ColumnRequest[]> {
  const { columns } = await tables.head(path);
  const classes =
    scheme.task === 'multiclass-classification' ? scheme.classes.map((name) => `probabilities.${name}`) : [];
  const found = [['score'], ['prediction'], classes].find(
    (names) => names.length > 0 && names.every((name) => columns.includes(name)),
  );
  if (found === undefined)
    throw new KnownGoodError(
      'input',
      `${JSON.stringify(path)} has no "score", "prediction" or "probabilities" beside the features; each line says what the model answered.`,
    );
  return found.map((name) => ({ name, type: 'number' }));
}

function withoutPrefix(read: Table): Table {
  const columns = new Map<string, Column>();
  for (const [name, column] of read.columns)
    columns.set(name.startsWith(PREFIX) ? name.slice(PREFIX.length) : name, column);
  return { ...read, columns };
}

interface GoldenContext {
  read: Table;
  expected: readonly ColumnRequest[];
  answers: Answers;
  scheme: LabelScheme;
}

function goldenRow(row: number, { read, expected, answers, scheme }: GoldenContext): GoldenRow {
  const want = expected.map(({ name }) => Number(read.columns.get(name)?.values[row] ?? Number.NaN));
  const all = Array.from(answers.numbers.slice(row * answers.width, (row + 1) * answers.width));
  if (scheme.task !== 'binary-classification') return { line: row + 1, expected: want, got: all };
  const got = all[positiveColumn(answers.width, scheme) ?? -1] ?? Number.NaN;
  return { line: row + 1, expected: want, got: [got] };
}
