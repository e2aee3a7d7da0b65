import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';

const FOLDER = new URL('../golden/release/', import.meta.url);

/** Compares a page with the committed one; `UPDATE_GOLDEN=1` writes it instead. */
export function expectGoldenText(text: string, name: string): void {
  const path = new URL(`${name}.txt`, FOLDER);
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(path, text);
  }
  expect(existsSync(path), `${name}.txt is not committed; write it with UPDATE_GOLDEN=1`).toBe(true);
  expect(text).toBe(readFileSync(path, 'utf8'));
}
