import { describe, expect, it } from 'vitest';
import { clientOf, openFake } from './fake-desk.ts';

const READ = `query Read($ref: String!, $path: String!) {
  repository(owner: "acme", name: "models") {
    ref(qualifiedName: $ref) {
      target {
        oid
        ... on Commit { file(path: $path) { object { ... on Blob { text isTruncated isBinary byteSize oid } } } }
      }
    }
  }
}`;

const COMMIT = `mutation Append($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid } }
}`;

function input(expectedHeadOid: string, text: string): object {
  return {
    branch: { repositoryNameWithOwner: 'acme/models', branchName: 'main' },
    expectedHeadOid,
    message: { headline: `write ${text}` },
    fileChanges: { additions: [{ path: 'a', contents: Buffer.from(text).toString('base64') }] },
  };
}

describe('commits on a branch of the fake', () => {
  it('are a compare-and-swap: of many with the same head, one wins', async () => {
    const github = await openFake();
    const { graphql } = clientOf(github);
    const head = github.head('main');
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, (_, index) => graphql(COMMIT, { input: input(head, `${index}`) })),
    );
    const won = outcomes.filter(({ status }) => status === 'fulfilled');
    const lost = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
    expect(won).toHaveLength(1);
    for (const error of lost)
      expect(error.errors).toMatchObject([
        {
          type: 'STALE_DATA',
          path: ['createCommitOnBranch'],
          message: `Expected branch to point to "${head}" but it did not.  Pull and try again.`,
        },
      ]);
    expect(github.git.history(github.head('main'))).toEqual([github.head('main'), head]);
    expect(github.problems).toEqual([]);
  });

  it('need the branch, the permission, and what its rules allow', async () => {
    const github = await openFake();
    const head = github.head('main');
    const reader = clientOf(github, undefined, { contents: 'read' });
    await expect(reader.graphql(COMMIT, { input: input(head, 'x') })).rejects.toMatchObject({
      errors: [{ type: 'FORBIDDEN' }],
    });
    const { graphql } = clientOf(github);
    const elsewhere = {
      ...input(head, 'x'),
      branch: { repositoryNameWithOwner: 'acme/models', branchName: 'no' },
    };
    await expect(graphql(COMMIT, { input: elsewhere })).rejects.toMatchObject({
      errors: [{ type: 'NOT_FOUND', message: 'Branch not found' }],
    });
    github.rules.set('main', [{ type: 'pull_request' }]);
    await expect(graphql(COMMIT, { input: input(head, 'x') })).rejects.toMatchObject({
      errors: [
        {
          type: 'FORBIDDEN',
          message: 'Repository rule violations found\n\nChanges must be made through a pull request.\n\n',
        },
      ],
    });
    github.rules.clear();
    github.protection.add('main');
    await expect(graphql(COMMIT, { input: input(head, 'x') })).rejects.toMatchObject({
      errors: [{ type: 'BRANCH_PROTECTION_RULE_VIOLATION' }],
    });
    expect(github.head('main')).toBe(head);
    expect(github.problems).toEqual([]);
  });
});

describe('reading by GraphQL from the fake', () => {
  it('gives head and files in one look', async () => {
    const github = await openFake({ files: { 'lanes/a.json': '{}' } });
    const { graphql } = clientOf(github);
    const read = (path: string): Promise<unknown> => graphql(READ, { ref: 'refs/heads/main', path });
    const oid = github.head('main');
    expect(await read('lanes/a.json')).toMatchObject({
      repository: {
        ref: { target: { oid, file: { object: { text: '{}', isTruncated: false, byteSize: 2 } } } },
      },
    });
    expect(await read('none')).toMatchObject({ repository: { ref: { target: { oid, file: null } } } });
    expect(await graphql(READ, { ref: 'refs/heads/none', path: 'a' })).toEqual({ repository: { ref: null } });
    expect(await graphql('{ viewer { login } }')).toEqual({ viewer: { login: 'github-actions[bot]' } });
  });

  it('cuts long texts and has none of binaries', async () => {
    const github = await openFake({ files: { long: 'x'.repeat(512_001), binary: Buffer.from([1, 0, 2]) } });
    const { graphql } = clientOf(github);
    const read = async (path: string): Promise<unknown> => {
      const answer = await graphql<{ repository: { ref: { target: { file: { object: unknown } } } } }>(READ, {
        ref: 'refs/heads/main',
        path,
      });
      return answer.repository.ref.target.file.object;
    };
    expect(await read('long')).toMatchObject({
      text: 'x'.repeat(512_000),
      isTruncated: true,
      byteSize: 512_001,
    });
    expect(await read('binary')).toMatchObject({ text: null, isBinary: true, isTruncated: false });
  });

  it('reads trees and other commits by expression and by id', async () => {
    const github = await openFake({ files: { 'lanes/a': '1', 'lanes/deep/b': '2' } });
    const { graphql } = clientOf(github);
    const query = `query ($expression: String) {
      repository(owner: "acme", name: "models") {
        object(expression: $expression) { oid ... on Tree { entries { name type } } }
      }
    }`;
    const entries = [
      { name: 'a', type: 'blob' },
      { name: 'deep', type: 'tree' },
    ];
    for (const expression of ['main:lanes', `${github.head('main')}:lanes`])
      expect(await graphql(query, { expression })).toMatchObject({ repository: { object: { entries } } });
    expect(await graphql(query, { expression: 'main:none' })).toEqual({ repository: { object: null } });
  });

  it('does not know other repositories', async () => {
    const github = await openFake();
    await expect(
      clientOf(github).graphql('{ repository(owner: "acme", name: "other") { id } }'),
    ).rejects.toMatchObject({ errors: [{ type: 'NOT_FOUND', path: ['repository'] }] });
  });
});

describe('a GraphQL request that the schema does not allow', () => {
  it.each([
    ['{ viewer { login nonsense } }', /Cannot query field "nonsense"/],
    ['{ viewer {', /Syntax Error/],
    [COMMIT, /expectedHeadOid/],
  ])('is a problem: %s', async (query, message) => {
    const github = await openFake();
    await expect(clientOf(github).graphql(query, { input: { branch: {} } })).rejects.toThrow(message);
    expect(github.problems.length).toBeGreaterThan(0);
    expect(github.problems[0]).toMatch(message);
  });
});
