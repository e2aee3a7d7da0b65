import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GitHub } from './github/start-github.ts';
import { runStepAside, type StepRun } from './run-step.ts';

/** A step of one of the release actions, in a run of GitHub Actions. */
export interface ReleaseStep {
  command: 'register' | 'promote' | 'rollback' | 'verify';
  inputs?: Readonly<Record<string, string>>;
  cwd: string;
  /** Absent: no token at all. */
  token?: string;
  event?: string;
  /** What the event's file holds; the repository's default branch where nothing is said. */
  payload?: unknown;
  env?: Readonly<Record<string, string>>;
}

/** Runs dist/release.js as the composite action does, beside a GitHub of ours that goes on answering meanwhile. */
export async function runReleaseStep(github: GitHub, step: ReleaseStep): Promise<StepRun> {
  const home = mkdtempSync(join(tmpdir(), 'known-good-home-'));
  const event = join(home, 'event.json');
  const repository = `${github.owner}/${github.name}`;
  const payload = step.payload ?? {
    repository: { full_name: repository, default_branch: github.defaultBranch },
  };
  writeFileSync(event, JSON.stringify(payload));
  const env = {
    HOME: home,
    GITHUB_EVENT_PATH: event,
    GITHUB_EVENT_NAME: step.event ?? 'push',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTOR: 'ana',
    GITHUB_REPOSITORY: repository,
    GITHUB_API_URL: github.url,
    GITHUB_REF: `refs/heads/${github.defaultBranch}`,
    GITHUB_RUN_ID: '77',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_SHA: github.head(github.defaultBranch),
    KG_COMMAND: step.command,
    ...step.env,
  };
  const inputs = { ...step.inputs, ...(step.token === undefined ? {} : { 'github-token': step.token }) };
  try {
    return await runStepAside('release.js', inputs, { cwd: step.cwd, env });
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
