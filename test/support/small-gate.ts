import { modelBytes } from './onnx-fixtures.ts';

/** What may stand in the small table in the place of what usually does. */
export interface SmallTable {
  rows?: number;
  /** The header's name of the first feature. */
  feature?: string;
  /** The header's name of the label. */
  label?: string;
  classes?: readonly [string, string];
  /** The header's name of the slice column and its two values. */
  slice?: readonly [string, string, string];
}

/** A CSV of an id, three features in [0, 1], a slice column and a label of two classes, the same at each call. */
export function smallTable(wish: SmallTable = {}): string {
  const { rows = 40, feature = 'a', label = 'y', classes = ['0', '1'], slice = ['g', 'x', 'z'] } = wish;
  const head = ['id', feature, 'b', 'c', slice[0], label];
  const body = Array.from({ length: rows }, (_, i) => [
    `r${i}`,
    ...[i % 11, (i * 7) % 13, (i * 5) % 17].map((value) => String(value / 20)),
    slice[1 + (Math.floor(i / 4) % 2)] ?? '',
    classes[i % 2] ?? '',
  ]);
  return [head, ...body].map((cells) => `${cells.map(quoted).join(',')}\n`).join('');
}

function quoted(cell: string): string {
  return /^[\w. -]*$/.test(cell) ? cell : `"${cell.replaceAll('"', '""')}"`;
}

/** A binary model of three features that is sound; how good it is does not matter. */
export const soundModel = (): Uint8Array => modelBytes('onnx/sigmoid-n1');

/** The command that gates `m.onnx` on `t.csv` without a config. */
export const PLAIN = ['gate', 'm.onnx', '--data', 't.csv', '--label', 'y', '--features', 'a,b,c'];

/** The command that gates by the config `known-good.yml`. */
export const CONFIGURED = ['gate', '--config', 'known-good.yml'];

/** A config of one model, whose gates pass for the sound model unless others are given. */
export function smallConfig({ gates = '', more = '' }: { gates?: string; more?: string } = {}): string {
  return `version: 1
models:
  small:
    task: binary-classification
    artifact: artifact
    baseline: none
    contract: { features: [a, b, c] }
    data: { test: { path: t.csv, label: y, id: id } }
    gates: { metrics: { accuracy: { min: 0.01, compare: off } }${gates === '' ? '' : `, ${gates}`} }
${more}`;
}

/** The files of an artifact folder with the sound model, the table, and a config. */
export function smallArtifact(
  documents: Readonly<Record<string, string | Uint8Array>>,
  gates = '',
): Record<string, string | Uint8Array> {
  const inside = Object.entries(documents).map(([name, content]) => [`artifact/${name}`, content] as const);
  return {
    'artifact/model.onnx': soundModel(),
    't.csv': smallTable(),
    'known-good.yml': smallConfig({ gates }),
    ...Object.fromEntries(inside),
  };
}
