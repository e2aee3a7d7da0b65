import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { seededRandom } from '../../src/stats/random.ts';

/** The files of a benchmark table: as the gate reads it, and as raw float32 for ONNX Runtime alone. */
export interface BankRows {
  csv: string;
  floats: string;
  rows: number;
}

const FEATURES = 47;

/** Writes `rows` rows drawn from the bank's test table, the balance jittered so that no two are alike. Seeded. */
export function writeBankRows(source: string, target: { folder: string; rows: number }): BankRows {
  const [head = '', ...lines] = readFileSync(source, 'utf8').trimEnd().split('\n');
  const files = { csv: `${target.folder}/rows.csv`, floats: `${target.folder}/rows.f32`, rows: target.rows };
  const [csv, floats] = [openSync(files.csv, 'w'), openSync(files.floats, 'w')];
  const random = seededRandom(7);
  writeSync(csv, `${head}\n`);
  for (let from = 0; from < target.rows; from += 10_000) {
    const block = Array.from({ length: Math.min(10_000, target.rows - from) }, (_, i) =>
      jitter(lines[random.below(lines.length)] ?? '', from + i, random.below(2000)),
    );
    writeSync(csv, `${block.join('\n')}\n`);
    writeSync(
      floats,
      new Uint8Array(
        Float32Array.from(
          block.flatMap((line) =>
            line
              .split(',')
              .slice(1, FEATURES + 1)
              .map(Number),
          ),
        ).buffer,
      ),
    );
  }
  closeSync(csv);
  closeSync(floats);
  return files;
}

function jitter(line: string, id: number, add: number): string {
  const cells = line.split(',');
  cells[0] = String(id);
  cells[2] = String(Number(cells[2]) + add);
  return cells.join(',');
}
