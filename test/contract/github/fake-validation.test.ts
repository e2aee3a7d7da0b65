import { describe, expect, it } from 'vitest';
import { ask, clientOf, HERE, openFake } from './fake-desk.ts';

const POST = { method: 'POST' };

describe('a request that the official description does not allow', () => {
  it.each([
    ['an unknown path', '/repos/acme/models/nonsense', {}, 'is none of the operations'],
    ['another method', '/repos/acme/models/pulls/1', { method: 'DELETE' }, 'is none of the operations'],
    [
      'an unknown query parameter',
      '/repos/acme/models/pulls?headd=a:b',
      {},
      'the query parameter headd is unknown',
    ],
    [
      'a wrong value',
      '/repos/acme/models/pulls?state=merged',
      {},
      'must be equal to one of the allowed values',
    ],
    ['a number that is none', '/repos/acme/models/pulls?per_page=many', {}, 'must be integer'],
    ['a path that is no number', '/repos/acme/models/issues/comments/x', {}, 'must be integer'],
    ['no body', '/repos/acme/models/git/blobs', POST, 'it has no body'],
    [
      'a missing property',
      '/repos/acme/models/git/blobs',
      { ...POST, body: '{}' },
      "must have required property 'content'",
    ],
    [
      'an unknown property',
      '/repos/acme/models/git/blobs',
      { ...POST, body: '{"content":"","nonsense":1}' },
      'nonsense',
    ],
    [
      'an unknown property inside',
      '/repos/acme/models/git/trees',
      { ...POST, body: '{"tree":[{"path":"a","mode":"100644","type":"blob","content":"x","shaa":"1"}]}' },
      'shaa',
    ],
    [
      'an unknown property where the description has branches',
      '/repos/acme/models/check-runs',
      { ...POST, body: `{"name":"x","head_sha":"${'0'.repeat(40)}","conclusion":"success","headsha":1}` },
      'headsha',
    ],
    [
      'a body of an operation that has none',
      '/repos/acme/models/actions/runs/1/cancel',
      { ...POST, body: '{"force":true}' },
      'it has a body',
    ],
  ])('is a problem and answered 400: %s', async (...[, path, init, sentence]) => {
    const github = await openFake();
    const answer = await ask(github, path, init);
    expect(answer.status).toBe(400);
    expect(github.problems).toHaveLength(1);
    expect(github.problems[0]).toContain(sentence);
    expect(await answer.json()).toMatchObject({ message: github.problems[0] });
  });

  it('is only a problem where the test says so', async () => {
    const github = await openFake();
    github.strict = false;
    expect((await ask(github, '/repos/acme/models/pulls?headd=a:b')).status).toBe(200);
    expect(github.problems).toHaveLength(1);
  });

  it('is none of those that the official client makes', async () => {
    const github = await openFake();
    const { git, checks } = clientOf(github).rest;
    await git.createTree({ ...HERE, tree: [{ path: 'a', mode: '100644', type: 'blob', content: 'x' }] });
    const run = { ...HERE, name: 'gate', head_sha: github.head('main') };
    const { data } = await checks.create({ ...run, status: 'in_progress' });
    const output = { title: 'held', summary: 'x' };
    await checks.update({ ...HERE, check_run_id: data.id, conclusion: 'neutral', output });
    expect([...github.checkRuns.values()]).toMatchObject([{ status: 'completed', conclusion: 'neutral' }]);
    expect(github.problems).toEqual([]);
  });
});
