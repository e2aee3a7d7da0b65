import { zipSync } from 'fflate';
import * as z from 'zod';
import { describe, expect, it } from 'vitest';
import { downloadArtifact } from '../../../src/adapters/github/artifacts/download-artifact.ts';
import { readZipEntry } from '../../../src/adapters/github/artifacts/read-zip-entry.ts';
import { connected } from './connected.ts';

async function scene() {
  const { github, client } = await connected();
  const run = github.run({ workflow: 'gate.yml', event: 'pull_request' });
  const wanted = { runId: String(run.id), name: 'report', maxBytes: 10_000 };
  const zip = (text: string) => zipSync({ 'report.json': Buffer.from(text) });
  const download = (changes = {}) => downloadArtifact(client, { ...wanted, ...changes });
  const read = async () =>
    readZipEntry((await download()) ?? Buffer.alloc(0), { name: 'report.json', maxBytes: 100 });
  return { github, client, run, zip, download, read };
}

describe('an artifact', () => {
  it('is downloaded from the other host, without the token', async () => {
    const { github, run, zip, read } = await scene();
    github.artifact(run.id, 'report', zip('{"pass":true}'));
    expect(String(await read())).toBe('{"pass":true}');
    expect(github.requests.map(({ path }) => path)).toEqual([
      `/repos/acme/models/actions/runs/${run.id}/artifacts`,
      expect.stringMatching(/\/actions\/artifacts\/\d+\/zip$/),
    ]);
  });

  it('is the newest of exactly that name, in that run', async () => {
    const { github, run, zip, read } = await scene();
    const other = github.run({ workflow: 'gate.yml', event: 'pull_request' });
    github.artifact(run.id, 'report', zip('old'));
    github.artifact(run.id, 'report', zip('new'));
    github.artifact(run.id, 'report-2', zip('another name'));
    github.artifact(other.id, 'report', zip('another run'));
    github.artifact(run.id, 'report', zip('expired')).expired = true;
    expect(String(await read())).toBe('new');
  });

  it('has its name compared again, as older servers pass over the filter', async () => {
    const { github, client, run, zip, read } = await scene();
    github.artifact(run.id, 'report', zip('ours'));
    github.artifact(run.id, 'report-2', zip('another name'));
    const route = 'GET /repos/{owner}/{repo}/actions/runs/{run_id}/artifacts';
    const { data: body } = await client.rest(route, {
      doing: 'list',
      params: { run_id: run.id },
      schema: z.unknown(),
    });
    github.fault(({ path }) => (path.endsWith('/artifacts') ? { status: 200, body } : undefined));
    expect(String(await read())).toBe('ours');
  });

  it('is absent where the run has none, it has expired, or there is no such run', async () => {
    const { github, run, zip, download } = await scene();
    expect(await download()).toBeUndefined();
    github.artifact(run.id, 'Report', zip('another name'));
    github.artifact(run.id, 'report', zip('expired')).expired = true;
    expect(await download()).toBeUndefined();
    expect(await download({ runId: '99999999' })).toBeUndefined();
  });

  it('is not asked for where it says that it is too large', async () => {
    const { github, run, download } = await scene();
    github.artifact(run.id, 'report', Buffer.alloc(10_001));
    await expect(download()).rejects.toThrow(
      /"report" was not read: it has 10001 bytes, and at most 10000 are read/,
    );
    expect(github.requests).toHaveLength(1);
  });

  it('that is larger than it says is cut off', async () => {
    const { github, run, zip, download } = await scene();
    const artifact = github.artifact(run.id, 'report', zip('small'));
    const unfault = github.fault(({ path }) => {
      if (path.endsWith('/zip')) artifact.zip = Buffer.alloc(2 ** 20);
      return undefined;
    });
    await expect(download()).rejects.toThrow(/too large/);
    unfault();
  });

  it('that is not what its digest says is refused', async () => {
    const { github, run, zip, download } = await scene();
    const artifact = github.artifact(run.id, 'report', zip('small'));
    github.fault(({ path }) => {
      if (path.endsWith('/zip')) artifact.zip = Buffer.from(zip('other'));
      return undefined;
    });
    await expect(download()).rejects.toMatchObject({
      code: 'input',
      message: expect.stringMatching(/another digest/),
    });
  });
});
