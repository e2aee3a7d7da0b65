import { expect, it } from 'vitest';
import { postComment } from '../../../../src/app/pull-request-report/post-comment.ts';
import type { ReportPorts } from '../../../../src/app/pull-request-report/report-ports.ts';

const pull = {
  number: 7,
  state: 'open',
  mergeCommit: undefined,
  head: { sha: 'a'.repeat(40), ref: 'change', repository: 'acme/models' },
  base: { sha: 'b'.repeat(40), ref: 'main' },
  author: { login: 'ben', kind: 'user' },
  url: 'u',
} as const;

it.each([
  ['changed', ['update 3'], '3'],
  ['gone', ['update 3', 'create'], '4'],
] as const)('a report whose comment is %s is in one all the same', async (state, wanted, id) => {
  const asked: string[] = [];
  const comments: ReportPorts['comments'] = {
    findOwn: async () => ({ id: '3', url: 'three', body: 'old' }),
    update: async (which) => {
      asked.push(`update ${which}`);
      return state;
    },
    create: async () => {
      asked.push('create');
      return { id: '4', url: 'four' };
    },
  };
  const document = { title: 'Report', blocks: [] } as never;
  const posting = { pull, marker: 'report', document, check: undefined, run: undefined };
  const posted = await postComment(posting, { comments } as ReportPorts);
  expect(asked).toEqual(wanted);
  expect(posted).toMatchObject({ kind: 'posted', comment: { id } });
});
