import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Verdict } from '../../src/core/verdict.ts';
import { rawZip } from '../contract/github/artifacts-raw-zip.ts';
import type { PullRecord, RunRecord, TokenPermissions } from './github/records.ts';
import type { GitHub } from './github/start-github.ts';
import { startGitHub } from './github/start-github.ts';
import { runStepAside, type StepRun } from './run-step.ts';
import { passing } from './sample-bank-verdicts.ts';
import { temporaryFolder } from './temporary-repository.ts';

export const REPOSITORY = 'acme/models';
export const FORK = 'mallory/models';
export const BOT = 'github-actions[bot]';

/** A GitHub on which reports are posted by dist/report.js. */
export interface ReportScene {
  github: GitHub;
  /** A run on a pull request, with the report of a verdict in its folder. */
  onPull(pull: PullRecord, wish?: StepWish): Promise<StepRun>;
  /** The second stage: a run for a fork's pull request ended, and left a zip. */
  onForkRun(pull: PullRecord, wish?: ForkWish): Promise<StepRun>;
  /** A run of another event. */
  onEvent(event: string, wish?: StepWish): Promise<StepRun>;
  /** Comments of a pull request, oldest first. */
  comments(pull: PullRecord): { login: string; body: string }[];
}

export interface StepWish {
  /** What is in `verdict.json`; `null`: there is no such file. */
  verdict?: Verdict | string | null;
  inputs?: Readonly<Record<string, string>>;
  permissions?: TokenPermissions;
  payload?: (payload: Record<string, unknown>) => Record<string, unknown>;
}

export interface ForkWish extends Omit<StepWish, 'verdict'> {
  /** Verdict that the fork uploads, or a zip of its own making. */
  uploads?: Verdict | string | Buffer;
  /** Of the artifact. */
  name?: string;
  run?: Partial<Pick<RunRecord, 'event' | 'sha' | 'branch' | 'headRepository' | 'conclusion'>>;
}

/** Starts a GitHub for one test; it is gone when the test is over, and must have seen no request that GitHub would not take. */
export async function reportScene(): Promise<ReportScene> {
  const github = await startGitHub({ repository: REPOSITORY });
  onTestFinished(async () => {
    await github.close();
    if (github.problems.length > 0)
      throw new Error(`GitHub would refuse: ${JSON.stringify(github.problems)}`);
  });
  const step = (event: string, payload: unknown, wish: StepWish) =>
    runReport(github, { event, payload, wish });
  const onForkRun = (pull: PullRecord, wish: ForkWish = {}): Promise<StepRun> => {
    const { uploads = passing, name = 'known-good-report', run: other = {}, ...rest } = wish;
    const run = github.run({
      workflow: 'gate.yml',
      event: 'pull_request',
      status: 'completed',
      conclusion: 'success',
      branch: pull.head.ref,
      sha: pull.head.sha,
      headRepository: pull.head.repository ?? FORK,
      ...other,
    });
    github.artifact(run.id, name, Buffer.isBuffer(uploads) ? uploads : zipOf(uploads));
    const payload = { action: 'completed', workflow_run: runPayload(github, run) };
    return step('workflow_run', rest.payload?.(payload) ?? payload, rest);
  };
  return {
    github,
    onPull: (pull, wish = {}) => {
      const payload = { action: 'synchronize', number: pull.number, pull_request: pullPayload(pull) };
      return step('pull_request', wish.payload?.(payload) ?? payload, wish);
    },
    onForkRun,
    onEvent: (event, wish = {}) => step(event, {}, wish),
    comments: (pull) => [...github.comments.values()].filter(({ thread }) => thread === pull.number),
  };
}

/** A zip with `verdict.json`. */
export function zipOf(verdict: Verdict | string): Buffer {
  return rawZip([{ name: 'verdict.json', content: Buffer.from(textOf(verdict)) }]);
}

function textOf(verdict: Verdict | string): string {
  return typeof verdict === 'string' ? verdict : JSON.stringify(verdict);
}

async function runReport(
  github: GitHub,
  { event, payload, wish }: { event: string; payload: unknown; wish: StepWish },
): Promise<StepRun> {
  const { verdict = passing, inputs = {}, permissions } = wish;
  const cwd = temporaryFolder();
  mkdirSync(join(cwd, 'known-good-report'));
  if (verdict !== null) writeFileSync(join(cwd, 'known-good-report/verdict.json'), textOf(verdict));
  writeFileSync(join(cwd, 'event.json'), JSON.stringify(payload));
  const token = github.token({ login: BOT, ...(permissions === undefined ? {} : { permissions }) });
  return runStepAside(
    'report.js',
    { 'github-token': token, ...inputs },
    {
      cwd,
      env: {
        GITHUB_API_URL: github.url,
        GITHUB_GRAPHQL_URL: github.url.replace(/v3$/, 'graphql'),
        GITHUB_SERVER_URL: 'https://github.com',
        GITHUB_REPOSITORY: REPOSITORY,
        GITHUB_RUN_ID: '77',
        GITHUB_EVENT_NAME: event,
        GITHUB_EVENT_PATH: join(cwd, 'event.json'),
      },
    },
  );
}

function pullPayload({ number, head, base }: PullRecord): Record<string, unknown> {
  const repo = head.repository === undefined ? null : { full_name: head.repository };
  return { number, head: { ref: head.ref, sha: head.sha, repo }, base };
}

function runPayload(github: GitHub, run: RunRecord): Record<string, unknown> {
  const { id, event, conclusion, sha, branch, headRepository } = run;
  const [login = ''] = headRepository.split('/');
  return {
    id,
    event,
    conclusion,
    head_sha: sha,
    head_branch: branch,
    head_repository: { full_name: headRepository, owner: { login } },
    repository: { full_name: `${github.owner}/${github.name}` },
    html_url: `https://github.com/${github.owner}/${github.name}/actions/runs/${id}`,
    // GitHub leaves this empty for forks; what it says is never believed.
    pull_requests: [],
  };
}
