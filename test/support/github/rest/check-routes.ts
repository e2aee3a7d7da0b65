import type { GitHubState } from '../github-state.ts';
import { stamp } from '../github-state.ts';
import type { CheckRunRecord } from '../records.ts';
import { repositoryPath } from './repository-path.ts';
import type { RestCall, RestReply, Route } from './route.ts';
import { countedPage, notFound, reads, refuse, writes } from './route.ts';
import { userJson } from './user-json.ts';

const REPOSITORY = '/repos/{owner}/{repo}';

/** Check runs. Only apps may write them. */
export const checkRoutes: readonly Route[] = [
  { operation: `POST ${REPOSITORY}/check-runs`, needs: writes('checks'), answer: createCheckRun },
  { operation: `GET ${REPOSITORY}/check-runs/{check_run_id}`, needs: reads('checks'), answer: readCheckRun },
  {
    operation: `PATCH ${REPOSITORY}/check-runs/{check_run_id}`,
    needs: writes('checks'),
    answer: updateCheckRun,
  },
  { operation: `GET ${REPOSITORY}/commits/{ref}/check-runs`, needs: reads('checks'), answer: listCheckRuns },
];

interface Posted {
  name?: string;
  head_sha?: string;
  status?: string;
  conclusion?: string;
  external_id?: string;
  details_url?: string;
  started_at?: string;
  completed_at?: string;
  output?: { title?: string; summary: string; text?: string; annotations?: readonly unknown[] };
}

function createCheckRun({ state, token, body }: RestCall): RestReply {
  if (token.kind === 'person') return refuse(403, 'You must authenticate via a GitHub App.');
  const posted = body as Posted & { name: string; head_sha: string };
  if (state.git.get(posted.head_sha, 'commit') === undefined)
    return refuse(422, `No commit found for SHA: ${posted.head_sha}`);
  const run: CheckRunRecord = {
    id: state.nextId(),
    sha: posted.head_sha,
    name: posted.name,
    status: 'queued',
    conclusion: null,
    externalId: '',
    detailsUrl: state.web,
    startedAt: stamp(state),
    completedAt: null,
    output: { title: null, summary: null, text: null, annotations: [] },
    app: token.login,
  };
  change(state, run, posted);
  state.checkRuns.set(run.id, run);
  return { status: 201, body: checkRunJson(state, run) };
}

/** A conclusion completes a run by itself. Annotations add up; the rest of the output is replaced. */
function change(state: GitHubState, run: CheckRunRecord, posted: Posted): void {
  run.name = posted.name ?? run.name;
  run.status = posted.conclusion === undefined ? (posted.status ?? run.status) : 'completed';
  run.conclusion = posted.conclusion ?? (run.status === 'completed' ? run.conclusion : null);
  run.externalId = posted.external_id ?? run.externalId;
  run.detailsUrl = posted.details_url ?? run.detailsUrl;
  run.startedAt = posted.started_at ?? run.startedAt;
  run.completedAt = posted.completed_at ?? (run.status === 'completed' ? stamp(state) : null);
  if (posted.output === undefined) return;
  const { title = null, summary, text = null, annotations = [] } = posted.output;
  run.output = { title, summary, text, annotations: [...run.output.annotations, ...annotations] };
}

function updateCheckRun({ state, token, params, body }: RestCall): RestReply {
  const run = state.checkRuns.get(Number(params['check_run_id']));
  if (run === undefined) return notFound();
  if (run.app !== token.login)
    return refuse(
      403,
      `Invalid app_id \`${token.login}\` - check run can only be modified by the GitHub App that created it.`,
    );
  change(state, run, body as Posted);
  return { status: 200, body: checkRunJson(state, run) };
}

function readCheckRun({ state, params }: RestCall): RestReply {
  const run = state.checkRuns.get(Number(params['check_run_id']));
  return run === undefined ? notFound() : { status: 200, body: checkRunJson(state, run) };
}

function listCheckRuns(call: RestCall): RestReply {
  const { state, params, query } = call;
  const ref = params['ref'] ?? '';
  const sha = state.git.resolve(ref);
  if (sha === undefined) return refuse(422, `No commit found for SHA: ${ref}`);
  const named = [...state.checkRuns.values()]
    .filter((run) => run.sha === sha && (query['check_name'] ?? run.name) === run.name)
    .filter((run) => (query['status'] ?? run.status) === run.status)
    .sort((left, right) => right.id - left.id);
  const all = query['filter'] === 'all' ? named : named.filter((run, at) => isLatest(named, run, at));
  const path = `${repositoryPath(state)}/commits/${ref}/check-runs`;
  return countedPage(
    call,
    { path, name: 'check_runs' },
    all.map((run) => checkRunJson(state, run)),
  );
}

function isLatest(runs: readonly CheckRunRecord[], run: CheckRunRecord, at: number): boolean {
  return runs.findIndex((other) => other.name === run.name && other.app === run.app) === at;
}

function checkRunJson(state: GitHubState, run: CheckRunRecord): unknown {
  const url = `${state.url}${repositoryPath(state)}/check-runs/${run.id}`;
  const { title, summary, text, annotations } = run.output;
  return {
    id: run.id,
    node_id: `CR_${run.id}`,
    head_sha: run.sha,
    external_id: run.externalId,
    url,
    html_url: `${state.web}/${state.owner}/${state.name}/runs/${run.id}`,
    details_url: run.detailsUrl,
    status: run.status,
    conclusion: run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: {
      title,
      summary,
      text,
      annotations_count: annotations.length,
      annotations_url: `${url}/annotations`,
    },
    name: run.name,
    check_suite: { id: 1 },
    app: appJson(state, run.app),
    pull_requests: [],
  };
}

function appJson(state: GitHubState, login: string): unknown {
  const slug = login.replace(/\[bot\]$/, '');
  const created = '2018-07-30T09:30:17Z';
  return {
    id: login === 'github-actions[bot]' ? 15_368 : 1,
    slug,
    node_id: `A_${slug}`,
    owner: userJson(state, state.owner),
    name: slug,
    description: '',
    external_url: state.web,
    html_url: `${state.web}/apps/${slug}`,
    created_at: created,
    updated_at: created,
    permissions: {},
    events: [],
  };
}
