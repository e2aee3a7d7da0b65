import { describe, expect, it } from 'vitest';
import { ALLOWED_BY_DEFAULT, isGoverned } from '../../../src/commands/allowed-by-default.ts';
import { COMMAND_NAMES } from '../../../src/commands/grammar.ts';
import { allowSchema } from '../../../src/config/allow-schema.ts';
import { GOVERNED_COMMANDS, type GovernedCommand } from '../../../src/core/policy.ts';

describe('ALLOWED_BY_DEFAULT', () => {
  it('has every command, and lets nobody below triage', () => {
    expect(Object.keys(ALLOWED_BY_DEFAULT).toSorted()).toEqual([...COMMAND_NAMES].toSorted());
    expect(Object.values(ALLOWED_BY_DEFAULT)).not.toContain('read');
  });

  it.each(GOVERNED_COMMANDS)('is what editors say of allow.%s', (command: GovernedCommand) => {
    const { description } = allowSchema.shape[command];
    expect(description).toContain(`(default: ${ALLOWED_BY_DEFAULT[command]})`);
  });
});

describe('isGoverned', () => {
  it('leaves out what only reads', () => {
    const free = COMMAND_NAMES.filter((name) => !isGoverned(name));
    expect(free.toSorted()).toEqual(['help', 'history', 'status', 'why']);
  });
});
