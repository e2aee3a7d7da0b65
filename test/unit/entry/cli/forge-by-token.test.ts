import { expect, it } from 'vitest';
import { digestOf } from '../../../../src/core/digest.ts';
import { forgeByToken } from '../../../../src/entry/cli/forge-by-token.ts';
import { temporaryRepository } from '../../../support/temporary-repository.ts';

const how = { kind: 'workflow', workflow: 'deploy.yml', timeoutMs: 1000 } as const;
const request = {
  model: 'bank',
  environment: 'prod',
  image: 'ghcr.io/acme/bank',
  digest: digestOf('image'),
  sha: undefined,
  version: '1.8.0',
  seq: 3,
  operation: 'operation-1',
};

/** The forge of a command in a repository with this origin. */
function forgeAt(origin: string, env: Record<string, string>) {
  const repository = temporaryRepository();
  repository.git('remote', 'add', 'origin', origin);
  return forgeByToken({ env, cwd: () => repository.root }, () => undefined);
}

it('starts no workflow at a host of origin that nobody named, and says why and what to set', async () => {
  const forge = await forgeAt('https://evil.example/a/b', { GITHUB_TOKEN: 'ghp_secret' });
  expect(await forge?.workflow.deploy(how, request)).toEqual({
    kind: 'failed',
    message:
      'The workflow deploy.yml was not started: origin is at evil.example, and no variable names that host, so the token was not sent there. If that is your GitHub, set GITHUB_SERVER_URL=https://evil.example; if it is github.com by another name, set GITHUB_REPOSITORY=a/b.',
  });
  expect(forge?.ledger).toBeUndefined();
});

it('has no forge without a token, wherever origin is', async () => {
  expect(await forgeAt('https://evil.example/a/b', { GITHUB_TOKEN: '' })).toBeUndefined();
});
