import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findCredential } from '../../../../src/adapters/oci/find-credential.ts';
import { messageOf } from '../../../support/open-http.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'known-good-home-'));
});
afterEach(() => rmSync(home, { recursive: true }));

const base64 = (text: string) => Buffer.from(text).toString('base64');

function find(host: string, config?: unknown, env: Record<string, string> = {}) {
  if (config !== undefined) {
    mkdirSync(join(home, '.docker'), { recursive: true });
    const text = typeof config === 'string' ? config : JSON.stringify(config);
    writeFileSync(join(home, '.docker/config.json'), text);
  }
  return findCredential(host, { given: [], env, home });
}

function helper(name: string, script: string): Record<string, string> {
  const path = join(home, `docker-credential-${name}`);
  writeFileSync(path, `#!/bin/sh\n${script}\n`);
  chmodSync(path, 0o755);
  return { PATH: `${home}:${process.env['PATH']}` };
}

describe("Docker's own configuration", () => {
  it.each([
    ['auth', { auth: base64('ada:p:w') }, { username: 'ada', password: 'p:w' }],
    ['username and password', { username: 'ada', password: 'pw' }, { username: 'ada', password: 'pw' }],
    ['identitytoken', { auth: base64('ada:'), identitytoken: 'id' }, { identityToken: 'id' }],
    ['an empty entry', {}, undefined],
    ['auth without a colon', { auth: base64('ada') }, undefined],
  ])('gives %s', async (_, entry, expected) => {
    expect((await find('ghcr.io', { auths: { 'ghcr.io': entry } })).credential).toEqual(expected);
  });

  it.each([
    ['docker.io', 'https://index.docker.io/v1/'],
    ['ghcr.io', 'https://ghcr.io'],
    ['ghcr.io', 'https://ghcr.io/v2/'],
    ['127.0.0.1:5000', '127.0.0.1:5000'],
  ])('finds %s under %s', async (host, key) => {
    const { credential } = await find(host, { auths: { [key]: { auth: base64('a:b') } } });
    expect(credential).toEqual({ username: 'a', password: 'b' });
  });

  it('gives one host nothing of another', async () => {
    const auths = { 'ghcr.io': { auth: base64('a:b') }, 'ghcr.io.evil.example': { auth: base64('c:d') } };
    for (const host of ['evil.example', 'cr.io', 'ghcr.io:5000'])
      expect((await find(host, { auths })).credential).toBeUndefined();
  });

  it('lies where DOCKER_CONFIG says', async () => {
    mkdirSync(join(home, 'elsewhere'));
    writeFileSync(
      join(home, 'elsewhere/config.json'),
      JSON.stringify({ auths: { 'ghcr.io': { auth: base64('a:b') } } }),
    );
    const found = await find('ghcr.io', undefined, { DOCKER_CONFIG: join(home, 'elsewhere') });
    expect(found.credential).toEqual({ username: 'a', password: 'b' });
  });

  it('may be absent', async () => {
    const found = await find('ghcr.io');
    expect(found.credential).toBeUndefined();
    expect(found.lookedIn.join(' ')).toContain('config.json (not there)');
  });

  it.each(['{"auths": {"ghcr.io": {"auth": "c2VjcmV0"', '{"auths": ["c2VjcmV0"]}', '\u0000c2VjcmV0'])(
    'is never quoted when it is broken: %s',
    async (text) => {
      const message = await messageOf(find('ghcr.io', text));
      expect(message).toMatch(/config\.json (?:is not JSON|does not have the form)/);
      expect(message).not.toContain('c2VjcmV0');
    },
  );
});

describe('given credentials', () => {
  it('come first, and for their host alone', async () => {
    const given = [{ host: 'ghcr.io', username: 'bot', password: 'token' }];
    const places = { given, env: {}, home };
    expect((await findCredential('ghcr.io', places)).credential).toMatchObject({ username: 'bot' });
    expect((await findCredential('quay.io', places)).credential).toBeUndefined();
  });
});

describe('credentials that serve otherwise', () => {
  const otherwise = [{ host: 'ghcr.io', username: 'run', password: 't' }];
  const run = { username: 'run', password: 't' };
  const ask = (host: string, given: typeof otherwise = []) =>
    findCredential(host, { given, otherwise, env: {}, home });

  it('come last, and for their host alone', async () => {
    expect((await ask('ghcr.io')).credential).toMatchObject(run);
    expect((await ask('quay.io')).credential).toBeUndefined();
    const given = [{ host: 'ghcr.io', username: 'ada', password: 'pw' }];
    expect((await ask('ghcr.io', given)).credential).toMatchObject({ username: 'ada' });
    await find('ghcr.io', { auths: { 'ghcr.io': { auth: base64('docker:pw') } } });
    expect((await ask('ghcr.io')).credential).toEqual({ username: 'docker', password: 'pw' });
  });
});

describe('credential helpers', () => {
  it('are asked for the registry as Docker calls it', async () => {
    const env = helper('store', 'read server; echo "{\\"Username\\":\\"$server\\",\\"Secret\\":\\"pw\\"}"');
    const { credential } = await find('docker.io', { credsStore: 'store' }, env);
    expect(credential).toEqual({ username: 'https://index.docker.io/v1/', password: 'pw' });
  });

  it('may hold an identity token', async () => {
    const env = helper('store', 'echo "{\\"Username\\":\\"<token>\\",\\"Secret\\":\\"id\\"}"');
    const { credential } = await find('a.azurecr.io', { credHelpers: { 'a.azurecr.io': 'store' } }, env);
    expect(credential).toEqual({ identityToken: 'id' });
  });

  it('that have nothing leave it to the file', async () => {
    const env = helper('store', 'echo "credentials not found in native keychain"; exit 1');
    const config = { credsStore: 'store', auths: { 'ghcr.io': { auth: base64('a:b') } } };
    expect((await find('ghcr.io', config, env)).credential).toEqual({ username: 'a', password: 'b' });
  });

  it.each([
    ['missing', undefined, /docker-credential-store gave no credentials.*not installed/],
    ['failing', 'echo s3cret; exit 3', /it ended with 3/],
    ['babbling', 'echo s3cret', /not the JSON of a credential helper/],
    ['endless', 'yes s3cret', /printed too much/],
  ])('that are %s are named, and not quoted', async (_, script, expected) => {
    const env = script === undefined ? { PATH: home } : helper('store', script);
    const message = await messageOf(find('ghcr.io', { credsStore: 'store' }, env));
    expect(message).toMatch(expected);
    expect(message).not.toContain('s3cret');
  });

  it('are never a path or an option', async () => {
    for (const name of ['../evil', '-x; rm', ''])
      expect(
        await messageOf(find('ghcr.io', { credHelpers: { 'ghcr.io': name } }, { PATH: home })),
      ).not.toMatch(/installed/);
  });
});
