import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** Writes tables into a folder of their own, which goes away after the test file. */
export function temporaryTables(): { write(name: string, content: string | Uint8Array): string } {
  const folder = mkdtempSync(join(tmpdir(), 'known-good-tables-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  return {
    write(name, content) {
      const path = join(folder, name);
      writeFileSync(path, content);
      return path;
    },
  };
}

/** The message of the `input` error that a promise rejects with, its folder cut off. */
export async function inputError(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => new Error('it did not fail'),
    (thrown: unknown) => thrown,
  );
  const { code, message } = error as { code?: string; message: string };
  return `${code}: ${message.replace(/\S*known-good-tables-[^/]*\//g, '')}`;
}
