import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { bundleScript } from '../../support/bundle-script.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

// Bundled, since the service imports JSON in a way that Node does not take.
const script = await bundleScript('workflow-faults.ts');
afterAll(script.remove);
const { workflowFaults: findings } = (await import(
  script.path
)) as typeof import('../../support/workflow-faults.ts');

const actions = ['.', ...readdirSync(`${root}/actions`).map((name) => `actions/${name}`)];
const files = [
  ...actions.map((folder) => `${folder}/action.yml`).filter((file) => existsSync(`${root}/${file}`)),
  ...readdirSync(`${root}/workflows`).map((file) => `workflows/${file}`),
];

describe('the language service of GitHub Actions', () => {
  it.each(files)('has nothing against %s', async (file) => {
    const name = file.startsWith('workflows/') ? `.github/${file}` : file;
    expect(await findings(name, readFileSync(`${root}/${file}`, 'utf8'))).toEqual([]);
  });

  it('would have something against a workflow with an unknown key and one with an unknown context', async () => {
    const step = '    steps: [{ run: echo, env: { A: "${{ gihtub.sha }}" } }]';
    const text = ['on: push', 'jobs:', '  a:', '    runs-in: ubuntu-latest', step].join('\n');
    const found = await findings('.github/workflows/a.yml', text);
    expect(found.join('\n')).toMatch(/runs-in/);
    expect(found.join('\n')).toMatch(/gihtub/);
  });

  it('would have something against an action whose step has no shell', async () => {
    const text = 'name: a\ndescription: a\nruns:\n  using: composite\n  steps:\n    - run: echo\n';
    expect(await findings('actions/a/action.yml', text)).not.toEqual([]);
  });
});
