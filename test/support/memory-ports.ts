import type { Digest } from '../../src/core/digest.ts';
import { digestOf } from '../../src/core/digest.ts';
import { KnownGoodError } from '../../src/core/errors.ts';
import type { ModelStructure, Signature, Tensors } from '../../src/core/model.ts';
import type { Files, ModelSession, Models, Tables } from '../../src/core/ports.ts';
import type { Column, ColumnRequest } from '../../src/core/table.ts';

/** Files that are a record of path to text. An artifact is every path below a folder. */
export function memoryFiles(texts: Readonly<Record<string, string>>): Files {
  const textAt = (path: string): string => {
    const text = texts[path];
    if (text === undefined) throw new KnownGoodError('input', `There is no ${path}.`);
    return text;
  };
  const entry = (path: string, name: string) => {
    const text = textAt(path);
    return { path: name, size: text.length, digest: digestOf(text) };
  };
  return {
    readText: async (path) => texts[path],
    digest: async (path): Promise<Digest> => digestOf(textAt(path)),
    listArtifact: async (path) => {
      if (texts[path] !== undefined)
        return { kind: 'file', files: [entry(path, path.split('/').at(-1) ?? path)] };
      const inside = Object.keys(texts).filter((each) => each.startsWith(`${path}/`));
      if (inside.length === 0) throw new KnownGoodError('input', `There is no ${path}.`);
      return { kind: 'folder', files: inside.map((each) => entry(each, each.slice(path.length + 1))) };
    },
    remove: () => Promise.resolve(),
    write: async () => {
      throw new Error('nothing is written here');
    },
  };
}

/** Tables without quoted cells, in the same record. An empty cell of numbers is NaN. */
export function memoryTables(texts: Readonly<Record<string, string>>): Tables {
  const parse = (path: string) => {
    const [head = '', ...lines] = (texts[path] ?? '').trimEnd().split('\n');
    if (texts[path] === undefined) throw new KnownGoodError('input', `There is no ${path}.`);
    return { names: head.split(','), rows: lines.map((line) => line.split(',')) };
  };
  return {
    head: async (path) => ({ path, columns: parse(path).names }),
    read: async (path, wanted) => {
      const { names, rows } = parse(path);
      const columns = wanted.map((column): [string, Column] => {
        const at = names.indexOf(column.name);
        if (at < 0) throw new KnownGoodError('input', `${path} has no column ${column.name}.`);
        return [
          column.name,
          columnOf(
            rows.map((row) => row[at] ?? ''),
            column,
          ),
        ];
      });
      return { path, rows: rows.length, columns: new Map(columns), digest: digestOf(texts[path] ?? '') };
    },
  };
}

function columnOf(cells: string[], { name, type }: ColumnRequest): Column {
  const missing = cells.filter((cell) => cell === '').length;
  if (type === 'string') return { type, values: cells, missing };
  const values = Float64Array.from(cells, (cell) => (cell === '' ? Number.NaN : Number(cell)));
  const odd = cells.find((cell, row) => Number.isNaN(values[row]) && cell !== '' && cell !== 'NaN');
  if (odd !== undefined) throw new KnownGoodError('input', `${name} holds ${odd}, not a number.`);
  return { type: 'number', values, missing };
}

/** A model that is a function of tensors. */
export interface MemoryModel {
  signature: Signature;
  answer(inputs: Tensors): Tensors;
  metadata?: Readonly<Record<string, string>>;
  classes?: readonly string[];
  /** The bytes of its file, where something else than its path's text is read. */
  bytes?: string;
}

/** A failure as sessions have them. */
export class MemoryFailure extends Error {
  override readonly name = 'ModelFailure';
  readonly kind = 'rejected';
}

/** A live session of such a model; every call is counted. */
export function memorySession(model: MemoryModel): ModelSession & { calls: Tensors[] } {
  const calls: Tensors[] = [];
  return {
    calls,
    signature: model.signature,
    loadMs: 1,
    run: async (inputs) => {
      calls.push(inputs);
      return model.answer(inputs);
    },
    time: async (rows) => {
      for (const row of rows) model.answer(row);
      return new Float64Array(rows.length).fill(1);
    },
    peakMemory: async () => 1_000_000,
    close: async () => undefined,
  };
}

/** Models by the path of their file. Their bytes are nobody's business unless `bytes` says them. */
export function memoryModels(models: Readonly<Record<string, MemoryModel>>): Models {
  const at = (path: string): MemoryModel => {
    const model = models[path];
    if (model === undefined) throw new KnownGoodError('input', `There is no ${path}.`);
    return model;
  };
  return {
    read: async (path) => {
      const model = at(path);
      const { signature, metadata = {}, classes, bytes } = model;
      const structure: ModelStructure = {
        fileBytes: 100,
        irVersion: 8,
        opsets: [],
        producer: undefined,
        metadata,
        nodes: 1,
        operators: {},
        parameters: 1,
        signature,
        zipMap: classes === undefined ? undefined : { output: 'z', bypassedBy: 'p', classes },
        problems: [],
      };
      const digest = bytes === undefined ? undefined : digestOf(bytes);
      return { digest, structure, open: async () => memorySession(model) };
    },
  };
}
