import { expect, it } from 'vitest';
import { askForge } from '../../../../src/entry/setup/ask-forge.ts';

const remote = { host: 'evil.example', owner: 'a', name: 'b' };

it('asks nobody where the host of origin is not to get the token, and says so', async () => {
  expect(await askForge({ env: { GH_TOKEN: 't' }, remote, workflows: [] })).toEqual({
    forge: undefined,
    withheldFrom: remote,
  });
});

it('withholds nothing where there is no token', async () => {
  expect(await askForge({ env: { GITHUB_TOKEN: '' }, remote, workflows: [] })).toEqual({ forge: undefined });
});
