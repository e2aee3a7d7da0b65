import { describe, expect, it } from 'vitest';
import { deployerOf } from '../../../../src/app/release/deployer-of.ts';
import type { DeployRequest } from '../../../../src/core/ports.ts';
import type { Deploy } from '../../../../src/core/policy.ts';
import { B } from '../../../support/lane-story.ts';

const { model, image, digest, version } = B;
const shared = { model, image, digest, version, environment: 'production' };
const request: DeployRequest = { ...shared, sha: undefined, seq: 5, operation: 'op' };
const COMMAND: Deploy = { kind: 'command', command: ['deploy'], timeoutMs: 1 };
const WORKFLOW: Deploy = { kind: 'workflow', workflow: 'deploy.yml', timeoutMs: 1 };

function saying(name: string, heard: unknown[]) {
  return {
    deploy: (how: unknown, asked: DeployRequest) => {
      heard.push([name, how, asked]);
      return Promise.resolve({ kind: 'deployed' } as const);
    },
  };
}

describe('deployerOf', () => {
  it('picks the deployer of the way that the policy asks for', async () => {
    const heard: unknown[] = [];
    const deployer = deployerOf({ command: saying('command', heard), workflow: saying('workflow', heard) });
    for (const how of [COMMAND, WORKFLOW])
      expect(await deployer.deploy(how, request)).toEqual({ kind: 'deployed' });
    expect(heard).toEqual([
      ['command', COMMAND, request],
      ['workflow', WORKFLOW, request],
    ]);
  });

  it('fails a workflow where nobody can start one, and says what to do', async () => {
    const heard: unknown[] = [];
    const ended = await deployerOf({ command: saying('command', heard) }).deploy(WORKFLOW, request);
    expect(ended).toEqual({
      kind: 'failed',
      message:
        'The workflow deploy.yml was not started: that takes a token of GitHub, and there is none here. Run it by the bot or the action, or set GITHUB_TOKEN and GITHUB_REPOSITORY.',
    });
    expect(heard).toEqual([]);
  });
});
