import { describe, expect, it } from 'vitest';
import { parseReportEvent } from '../../../../src/entry/report/report-event.ts';

const SHA = 'a'.repeat(40);
const pull = { pull_request: { number: 7, head: { sha: SHA, repo: { full_name: 'acme/models' } } } };
const run = {
  workflow_run: {
    id: 9,
    event: 'pull_request',
    conclusion: 'success',
    head_sha: SHA,
    head_branch: 'fix',
    head_repository: { full_name: 'mallory/models', owner: { login: 'mallory' } },
    repository: { full_name: 'acme/models' },
    html_url: 'https://github.com/acme/models/actions/runs/9',
  },
};
const parse = (name: string, payload: unknown) => parseReportEvent(name, JSON.stringify(payload));

describe('what started a run', () => {
  it.each(['pull_request', 'pull_request_target', 'pull_request_review'])('is a pull request: %s', (name) => {
    expect(parse(name, pull)).toEqual({
      kind: 'pull',
      number: 7,
      headSha: SHA,
      headRepository: 'acme/models',
    });
  });

  it('is a pull request of a fork that is gone', () => {
    const gone = { pull_request: { ...pull.pull_request, head: { sha: SHA, repo: null } } };
    expect(parse('pull_request', gone)).toMatchObject({ headRepository: undefined });
  });

  it('is a run that ended', () => {
    expect(parse('workflow_run', run)).toEqual({
      kind: 'run',
      id: '9',
      repository: 'acme/models',
      event: 'pull_request',
      conclusion: 'success',
      head: { repository: 'mallory/models', owner: 'mallory', branch: 'fix', sha: SHA },
      url: 'https://github.com/acme/models/actions/runs/9',
    });
  });

  it('is something else, whose payload nobody reads', () => {
    expect(parseReportEvent('schedule', undefined)).toEqual({ kind: 'other', name: 'schedule' });
    expect(parseReportEvent('push', '{')).toEqual({
      kind: 'other',
      name: 'push',
    });
  });

  it.each<[string, string, string | undefined, RegExp]>([
    ['no payload', 'pull_request', undefined, /There is no payload of the event "pull_request"/],
    ['no JSON', 'pull_request', '{', /the event:1:2/],
    [
      'a head that is no commit',
      'workflow_run',
      JSON.stringify(run).replace(SHA, 'main'),
      /workflow_run\.head_sha/,
    ],
    ['no number', 'pull_request', '{"pull_request":{}}', /is not like GitHub's: pull_request\.number/],
  ])('is not told by %s', (...[, name, payload, sentence]) => {
    expect(() => parseReportEvent(name, payload)).toThrow(sentence);
  });
});
