import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { StructureLimits } from '../../src/core/model.ts';

const FIXTURES = fileURLToPath(new URL('../fixtures', import.meta.url));

/** Limits that every honest fixture is well within. */
export const TEST_LIMITS: StructureLimits = {
  fileBytes: 50_000_000,
  nodes: 10_000,
  depth: 8,
  tensorElements: 10_000_000,
  domains: ['', 'ai.onnx.ml'],
};

/** Path of a model under test/fixtures, `onnx/cyclic` say. */
export function modelPath(name: string): string {
  return `${FIXTURES}/${name}.onnx`;
}

/** Bytes of a model under test/fixtures. */
export function modelBytes(name: string): Uint8Array {
  return new Uint8Array(readFileSync(modelPath(name)));
}

/** Names of all models in one folder under test/fixtures. */
export function modelNames(folder: string): string[] {
  const files = readdirSync(`${FIXTURES}/${folder}`).filter((file) => file.endsWith('.onnx'));
  return files.map((file) => `${folder}/${file.slice(0, -'.onnx'.length)}`);
}

/** A table without quoted cells under test/fixtures, as one list of cells a column. */
export function readColumns(path: string): Map<string, string[]> {
  const [head, ...rows] = readFileSync(`${FIXTURES}/${path}`, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
  return new Map((head ?? []).map((name, j) => [name, rows.map((row) => row[j] ?? '')]));
}

/** scikit-learn's own answers for the models of test/fixtures/onnx. */
export function readExpected(): Record<
  string,
  { rows: number[][]; labels: string[]; probabilities: number[][] }
> {
  return JSON.parse(readFileSync(`${FIXTURES}/onnx/expected.json`, 'utf8'));
}
