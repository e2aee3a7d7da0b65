import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'rolldown';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** A folder without any packages, and in it a program that reads the head of a table. */
const folder = mkdtempSync(join(tmpdir(), 'known-good-bare-'));
const program = join(folder, 'head.mjs');
const tables = fileURLToPath(new URL('../../../src/adapters/tables/create-tables.ts', import.meta.url));

beforeAll(async () => {
  const source = join(folder, 'head.ts');
  writeFileSync(
    source,
    `import { createTables } from ${JSON.stringify(tables)};
     const said = await createTables().head(process.argv[2]).catch((error) => error.code + ': ' + error.message);
     console.log(JSON.stringify(said));`,
  );
  await build({
    input: source,
    platform: 'node',
    logLevel: 'silent',
    output: { file: program, format: 'esm' },
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function head(name: string, content: string, runtime?: string): unknown {
  writeFileSync(join(folder, name), content);
  const env = {
    PATH: process.env['PATH'],
    ...(runtime === undefined ? {} : { KNOWN_GOOD_RUNTIME: runtime }),
  };
  return JSON.parse(execFileSync(process.execPath, [program, name], { cwd: folder, encoding: 'utf8', env }));
}

describe('without DuckDB', () => {
  it('Parquet is refused in a sentence that says what to install', () => {
    expect(head('t.parquet', 'PAR1....PAR1')).toBe(
      `input: t.parquet: Parquet cannot be read here. DuckDB is not installed, and Parquet files and shadow logs are read with it. Run npm ci where Known Good is installed, or set KNOWN_GOOD_RUNTIME to a folder that has @duckdb/node-api. Or convert the file where DuckDB or pandas is: COPY (FROM 'x.parquet') TO 'x.csv' (HEADER), to_csv(index=False).`,
    );
  });

  it('CSV is read: it is loaded for Parquet alone', () => {
    expect(head('t.csv', 'a,b\n1,2\n')).toEqual({ path: 't.csv', columns: ['a', 'b'] });
  });

  it('with a package whose binary does not start says which platforms there are', () => {
    const own = join(folder, 'broken/node_modules/@duckdb/node-api');
    mkdirSync(own, { recursive: true });
    writeFileSync(join(own, 'index.js'), `require('@duckdb/node-bindings');`);
    expect(head('t.parquet', 'PAR1....PAR1', join(folder, 'broken'))).toContain(
      `DuckDB does not start on ${process.platform}-${process.arch}: "Cannot find module '@duckdb/node-bindings'". It has binaries for x64 and arm64 of Linux, macOS and Windows; install @duckdb/node-api with its optional packages there.`,
    );
  });

  it('is found in the folder that KNOWN_GOOD_RUNTIME names', () => {
    const root = fileURLToPath(new URL('../../..', import.meta.url));
    expect(head('t.parquet', 'PAR1....PAR1', root)).toContain('input: t.parquet: the data are damaged');
  });
});
