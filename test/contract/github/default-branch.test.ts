import { describe, expect, it } from 'vitest';
import { createDefaultBranch } from '../../../src/adapters/github/default-branch.ts';
import { clientDesk, failureOf } from './client-desk.ts';

const CONFIG = '.github/known-good.yml';

describe('the default branch on GitHub', () => {
  it('gives a file with the branch and the commit that it is of, in one request', async () => {
    const { github, client } = await clientDesk({ files: { [CONFIG]: '# ü\n' } });
    github.push('other', { [CONFIG]: 'other' });
    expect(await createDefaultBranch(client).file(CONFIG)).toEqual({
      text: '# ü\n',
      ref: 'refs/heads/main',
      commit: github.head('main'),
    });
    expect(github.requests).toHaveLength(1);
  });

  it.each([
    ['nothing', {}],
    ['a folder', { [`${CONFIG}/x`]: 'x' }],
  ])('gives no text where there is %s', async (_, files) => {
    const { github, client } = await clientDesk({ files: { 'README.md': 'x', ...files } });
    const file = await createDefaultBranch(client).file(CONFIG);
    expect(file).toEqual({ text: undefined, ref: 'refs/heads/main', commit: github.head('main') });
  });

  it('gives the exact text of files that GraphQL shows otherwise', async () => {
    const files = { large: 'é'.repeat(400_000), binary: 'a\0b', marked: '\ufeffa\r\n', empty: '' };
    const { client } = await clientDesk({ files });
    for (const [path, text] of Object.entries(files))
      expect((await createDefaultBranch(client).file(path)).text === text, path).toBe(true);
  });

  it('refuses what is no text, and what is too large', async () => {
    const { client } = await clientDesk({
      files: { odd: Buffer.from([0xff]), large: 'x'.repeat(2 ** 20 + 1) },
    });
    await expect(createDefaultBranch(client).file('odd')).rejects.toThrow(
      'odd on the default branch is no UTF-8 text',
    );
    await expect(createDefaultBranch(client).file('large')).rejects.toThrow('has 1048577 bytes');
  });

  it('is an error, and no missing file, where GitHub does not tell', async () => {
    const { github, client, open } = await clientDesk({ files: { [CONFIG]: 'x' } });
    expect((await failureOf(createDefaultBranch(open({})).file(CONFIG))).message).toContain('FORBIDDEN');
    github.git.refs.clear();
    await expect(createDefaultBranch(client).file(CONFIG)).rejects.toThrow(
      'has no commit on its default branch yet',
    );
    github.fault(() => ({ status: 500 }));
    expect((await failureOf(createDefaultBranch(client).file(CONFIG))).status).toBe(500);
  });
});
