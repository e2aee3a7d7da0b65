import { expect, it } from 'vitest';
import { parseRemote } from '../../../../src/app/setup/parse-remote.ts';
import { withRemote } from '../../../../src/entry/setup/with-remote.ts';

const LOOPBACK = 'http://127.0.0.1:4711/api/v3';
const NOWHERE = 'nowhere';

/** Where a token goes for an address of origin, and for which repository; `nowhere` where it stays. */
function goes(address: string, env: Record<string, string> = {}): string {
  const token = withRemote({ GITHUB_TOKEN: 't', ...env }, parseRemote(address));
  if (token.kind === 'nowhere') return NOWHERE;
  return `${token.env['GITHUB_API_URL'] ?? ''} ${token.env['GITHUB_REPOSITORY'] ?? ''}`;
}

it.each([
  ['https://github.com/acme/models.git', 'https://api.github.com acme/models'],
  ['git@github.com:acme/models.git', 'https://api.github.com acme/models'],
  ['https://GitHub.com/acme/models', 'https://api.github.com acme/models'],
  ['ssh://git@ssh.github.com:443/acme/models.git', 'https://api.github.com acme/models'],
  ['https://octo-corp.ghe.com/acme/models', 'https://api.octo-corp.ghe.com acme/models'],
  ['octo@octo.ghe.com:acme/models.git', 'https://api.octo.ghe.com acme/models'],
])('knows GitHub’s own hosts: %s', (address, expected) => {
  expect(goes(address)).toBe(expected);
});

it.each([
  'https://evil.example/a/b',
  'git@evil.example:a/b.git',
  'https://github.com.evil.example/a/b',
  'https://api.github.com/a/b',
  'https://github.com./a/b',
  'https://notgithub.com/a/b',
  'https://github.com@evil.example/a/b',
  'https://ghe.com/a/b',
  'https://a.b.ghe.com/a/b',
  'https://octo.ghe.com.evil.example/a/b',
  'https://.ghe.com/a/b',
  'git@github-work:a/b.git',
])('sends no token to a host that nobody named: %s', (address) => {
  expect(goes(address)).toBe(NOWHERE);
});

it.each<[string, Record<string, string>, string]>([
  ['the server', { GITHUB_SERVER_URL: 'https://git.example' }, 'https://git.example/api/v3'],
  ['its port too', { GITHUB_SERVER_URL: 'https://git.example:8443/' }, 'https://git.example:8443/api/v3'],
  ['the API', { GITHUB_API_URL: 'https://git.example/api/v3' }, 'https://git.example/api/v3'],
  ['the host', { GH_HOST: 'Git.Example' }, 'https://git.example/api/v3'],
  [
    'both, and the API is said',
    { GITHUB_SERVER_URL: 'https://git.example', GITHUB_API_URL: 'https://api.git.example' },
    'https://api.git.example',
  ],
  [
    'it, beside one that is empty',
    { GH_HOST: 'git.example', GITHUB_API_URL: '' },
    'https://git.example/api/v3',
  ],
])('goes to another host where a variable names %s', (_, env, api) => {
  expect(goes('https://git.example:8443/a/b', env)).toBe(`${api} a/b`);
});

it.each<[string, Record<string, string>]>([
  ['another server', { GITHUB_SERVER_URL: 'https://github.com' }],
  ['another API', { GITHUB_API_URL: LOOPBACK }],
  ['another host', { GH_HOST: 'git.example' }],
  ['a host above', { GH_HOST: 'example' }],
  ['a host below', { GH_HOST: 'git.evil.example' }],
  ['it before an @', { GITHUB_SERVER_URL: 'https://evil.example@git.example' }],
  ['it in a path', { GITHUB_API_URL: 'https://git.example/evil.example' }],
  ['it by another protocol', { GITHUB_SERVER_URL: 'ssh://evil.example' }],
  ['what is no address', { GITHUB_SERVER_URL: 'evil.example', GH_HOST: 'evil example' }],
])('stays where a variable names %s', (_, env) => {
  expect(goes('https://evil.example/a/b', env)).toBe(NOWHERE);
});

it('takes an address of the API that is given, for GitHub’s own hosts as well', () => {
  expect(goes('https://github.com/a/b', { GITHUB_API_URL: LOOPBACK })).toBe(`${LOOPBACK} a/b`);
});

it('asks nothing of the remote where the repository is given', () => {
  const given = { GITHUB_API_URL: LOOPBACK, GITHUB_REPOSITORY: 'acme/models' };
  expect(goes('https://evil.example/a/b', given)).toBe(`${LOOPBACK} acme/models`);
  expect(goes('https://evil.example/a/b', { GITHUB_REPOSITORY: 'acme/models' })).toBe(' acme/models');
});

it('leaves the variables as they are without a remote', () => {
  expect(withRemote({ GITHUB_TOKEN: 't' }, undefined)).toEqual({ kind: 'there', env: { GITHUB_TOKEN: 't' } });
});

it('says whose host got none', () => {
  expect(withRemote({}, parseRemote('https://evil.example/a/b'))).toEqual({
    kind: 'nowhere',
    remote: { host: 'evil.example', owner: 'a', name: 'b' },
  });
});
