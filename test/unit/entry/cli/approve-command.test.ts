import { expect, it } from 'vitest';
import { runCli } from '../../../../src/entry/cli/run-cli.ts';

async function run(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const out = { stdout: '', stderr: '' };
  const writing = (name: keyof typeof out) => ({ write: (text: string) => (out[name] += text) });
  const host = { env: {}, cwd: () => '/nowhere', stdout: writing('stdout'), stderr: writing('stderr') };
  return { code: await runCli(args, host), ...out };
}

it('approves nothing from a command line, and says what to write where', async () => {
  expect(await run('approve', 'production', '1.8.0')).toEqual({
    code: 64,
    stdout: '',
    stderr:
      'known-good: An approval is a comment on GitHub by a person whom GitHub has authenticated, and nobody can give one from here; in an issue or pull request write: /approve production 1.8.0\n',
  });
});

it('asks for lane and release, and explains itself', async () => {
  const { code, stderr } = await run('approve', 'production');
  expect([code, stderr]).toEqual([64, expect.stringContaining('Write: known-good approve LANE RELEASE.')]);
  expect(await run('help', 'approve')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('/approve [MODEL/]ENV'),
  });
});
