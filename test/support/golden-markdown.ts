import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { expect } from 'vitest';

const FOLDER = new URL('../golden/bot/', import.meta.url);

/** Compares a reply of the bot with the committed one; `UPDATE_GOLDEN=1` writes it instead. */
export function expectGoldenMarkdown(text: string, name: string): void {
  const path = new URL(`${name}.md`, FOLDER);
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(FOLDER, { recursive: true });
    writeFileSync(path, text);
  }
  expect(existsSync(path), `${name}.md is not committed; write it with UPDATE_GOLDEN=1`).toBe(true);
  expect(text).toBe(readFileSync(path, 'utf8'));
}
