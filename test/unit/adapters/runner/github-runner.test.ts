import { describe, expect, it } from 'vitest';
import { describeProducer } from '../../../../src/adapters/runner/github-runner.ts';
import { nodeMachine } from '../../../../src/adapters/runner/node-machine.ts';
import { verdictSchema } from '../../../../src/core/verdict.ts';

const RUN = {
  GITHUB_REPOSITORY: 'acme/bank',
  GITHUB_REF: 'refs/heads/main',
  GITHUB_SHA: 'a'.repeat(40),
  GITHUB_WORKFLOW_REF: 'acme/bank/.github/workflows/gate.yml@refs/heads/main',
  GITHUB_RUN_ID: '7',
  GITHUB_SERVER_URL: 'https://git.example.org',
};

describe('who runs us', () => {
  it('is the workflow, by GitHub’s own variables', () => {
    expect(describeProducer({ ...RUN, GITHUB_TOKEN: 'secret' }, 'known-good 1')).toEqual({
      tool: 'known-good 1',
      repository: 'acme/bank',
      ref: 'refs/heads/main',
      sha: 'a'.repeat(40),
      workflow: 'acme/bank/.github/workflows/gate.yml@refs/heads/main',
      run: 'https://git.example.org/acme/bank/actions/runs/7',
    });
  });
  it.each([
    ['pull_request_target', { GITHUB_HEAD_REF: 'fix' }, 'refs/pull/fix'],
    ['pull_request_target', {}, 'refs/pull/unknown'],
    [
      'merge_group',
      { GITHUB_REF: `refs/heads/gh-readonly-queue/v/1/pr-12-${'ab'.repeat(20)}` },
      'refs/pull/12/queue',
    ],
    ['merge_group', {}, 'refs/pull/unknown'],
    ['pull_request', { GITHUB_REF: 'refs/pull/7/merge' }, 'refs/pull/7/merge'],
  ])('has the pull request as its ref in a run of %s, whatever GitHub calls it', (event, more, ref) => {
    expect(describeProducer({ ...RUN, GITHUB_EVENT_NAME: event, ...more }, 't').ref).toBe(ref);
  });
  it('is the tool alone on a laptop, and empty variables are none', () => {
    expect(describeProducer({}, 'known-good 1')).toEqual({ tool: 'known-good 1' });
    expect(describeProducer({ GITHUB_REF: '' }, 'known-good 1')).toEqual({ tool: 'known-good 1' });
  });
});

describe('this machine', () => {
  it('is described as verdicts want it', () => {
    const { runtime, ...machine } = nodeMachine(undefined).describe();
    expect(runtime).toBe(undefined);
    expect(verdictSchema.shape.machine.safeParse(machine).success).toBe(true);
    expect(nodeMachine('ONNX Runtime 1').describe().runtime).toBe('ONNX Runtime 1');
  });
});
