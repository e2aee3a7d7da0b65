import type { Producer } from '../../core/ports.ts';

/** Who runs us, from GitHub Actions' default variables; on a laptop only the tool. */
export function describeProducer(env: Readonly<Record<string, string | undefined>>, tool: string): Producer {
  const run = env['GITHUB_RUN_ID'];
  const url =
    run === undefined
      ? undefined
      : `${env['GITHUB_SERVER_URL'] ?? 'https://github.com'}/${env['GITHUB_REPOSITORY'] ?? ''}/actions/runs/${run}`;
  const fields = {
    repository: env['GITHUB_REPOSITORY'],
    ref: env['GITHUB_REF'],
    sha: env['GITHUB_SHA'],
    workflow: env['GITHUB_WORKFLOW_REF'],
    run: url,
  };
  const present = Object.entries(fields).filter(([, value]) => value !== undefined && value !== '');
  return { tool, ...Object.fromEntries(present) };
}
