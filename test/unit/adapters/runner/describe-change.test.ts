import { describe, expect, it } from 'vitest';
import { describeChange } from '../../../../src/adapters/runner/describe-change.ts';

describe('what a run is about', () => {
  it.each<[string, Record<string, string>, string | undefined, boolean]>([
    ['a laptop', {}, undefined, false],
    ['a laptop that names a base branch', { GITHUB_BASE_REF: 'trunk' }, 'trunk', false],
    [
      'a push',
      { GITHUB_EVENT_NAME: 'push', GITHUB_REF: 'refs/heads/main', GITHUB_BASE_REF: '' },
      undefined,
      false,
    ],
    [
      'a pull request',
      { GITHUB_EVENT_NAME: 'pull_request', GITHUB_REF: 'refs/pull/7/merge', GITHUB_BASE_REF: 'main' },
      'main',
      true,
    ],
    [
      'a pull request whose workflow is the base branch’s',
      { GITHUB_EVENT_NAME: 'pull_request_target', GITHUB_REF: 'refs/heads/main', GITHUB_BASE_REF: 'main' },
      'main',
      true,
    ],
    [
      'a merge group, whose base branch only the ref names',
      {
        GITHUB_EVENT_NAME: 'merge_group',
        GITHUB_REF: `refs/heads/gh-readonly-queue/release/v1/pr-12-${'0a'.repeat(20)}`,
      },
      'release/v1',
      true,
    ],
    [
      'another event on a pull request’s ref',
      { GITHUB_EVENT_NAME: 'x', GITHUB_REF: 'refs/pull/7/head' },
      undefined,
      true,
    ],
  ])('%s', (...[, env, baseBranch, pullRequest]) => {
    expect(describeChange(env)).toEqual({ baseBranch, pullRequest });
  });
});
