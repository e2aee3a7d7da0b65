import { describe, expect, it } from 'vitest';
import { registryCredentials } from '../../../../src/entry/release-action/registry-credentials.ts';

const env = { GITHUB_ACTOR: 'ana', GITHUB_SERVER_URL: 'https://github.com' };
const none = {
  config: undefined,
  ledger: undefined,
  'github-token': undefined,
  registry: undefined,
  'registry-username': undefined,
  'registry-password': undefined,
};
const pair = { ...none, 'registry-username': 'bo', 'registry-password': 'secret' };
const bo = { username: 'bo', password: 'secret' };

describe('registryCredentials', () => {
  it('gives the run’s actor and token to ghcr.io alone, where nobody configured anything', () => {
    const otherwise = [{ host: 'ghcr.io', username: 'ana', password: 't' }];
    expect(registryCredentials(none, { env, token: 't', hosts: ['registry.example'] })).toEqual({
      given: [],
      otherwise,
    });
  });

  it.each([
    ['another GitHub', { ...env, GITHUB_SERVER_URL: 'https://github.example' }, 't'],
    ['no actor', {}, 't'],
    ['no token', env, undefined],
  ])('gives it to nobody with %s', (_, variables, token) => {
    expect(registryCredentials(none, { env: variables, token, hosts: [] }).otherwise).toEqual([]);
  });

  it('gives a pair to the one registry of the config, to the one that is named, or to the first that is opened', () => {
    const of = (inputs: typeof pair, hosts: string[] | undefined) =>
      registryCredentials(inputs, { env: {}, token: undefined, hosts });
    expect(of(pair, ['a.example', 'a.example']).given).toEqual([{ host: 'a.example', ...bo }]);
    const named = { ...pair, registry: 'b.example' } as unknown as typeof pair;
    expect(of(named, ['a.example', 'c.example']).given).toEqual([{ host: 'b.example', ...bo }]);
    expect(of(pair, [])).toEqual({ given: [], otherwise: [], first: bo });
    expect(of(named, undefined)).toEqual({ given: [{ host: 'b.example', ...bo }], otherwise: [] });
    expect(of(none as unknown as typeof pair, undefined)).toEqual({ given: [], otherwise: [] });
  });

  it.each([
    ['half a pair', { ...none, 'registry-username': 'bo' }, [], /registry-password is empty/],
    ['the other half', { ...none, 'registry-password': 'x' }, [], /registry-username is empty/],
    ['a pair for whoever is asked first', pair, undefined, /Add the input registry beside them/],
    [
      'several registries',
      pair,
      ['a.example', 'b.example'],
      /images are at a\.example, b\.example\. Name it by the input registry/,
    ],
  ])('refuses %s', (...[, inputs, hosts, message]) => {
    expect(() => registryCredentials(inputs as never, { env, token: 't', hosts })).toThrow(message);
  });
});
