import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { BOT_OUTPUTS } from '../../src/entry/bot/bot-action.ts';
import { botInputs } from '../../src/entry/bot/bot-inputs.ts';

const action = parse(readFileSync(new URL('../../action.yml', import.meta.url), 'utf8')) as {
  inputs: Record<string, { description: string; default?: string }>;
  outputs: Record<string, { description: string }>;
  runs: { using: string; main: string };
};

it('declares exactly the inputs that the bot reads, and the outputs that it sets', () => {
  expect(Object.keys(action.inputs).toSorted()).toEqual(Object.keys(botInputs.shape).toSorted());
  expect(Object.keys(action.outputs).toSorted()).toEqual([...BOT_OUTPUTS].toSorted());
});

it('is a JavaScript action of the committed bundle', () => {
  expect(action.runs).toEqual({ using: 'node24', main: 'dist/bot.js' });
});

it('describes everything, and has an expression nowhere but in the default of the token', () => {
  for (const { description } of [...Object.values(action.inputs), ...Object.values(action.outputs)])
    expect(description).not.toBe('');
  const defaults = Object.values(action.inputs).flatMap((input) => input.default ?? []);
  expect(defaults.filter((value) => value.includes('${{'))).toEqual(['${{ github.token }}']);
});
