/** What the fake remembers, in our own words; the routes turn it into GitHub's JSON. All times are ISO with seconds. */
export interface UserRecord {
  type: 'User' | 'Bot';
  /** `role_name`: one of GitHub's roles, `none`, or the name of a custom role. */
  role: string;
  /** What a custom role is built on. */
  base?: BaseRole;
}

/** GitHub's own roles, weakest first, after `none`. */
export const BASE_ROLES = ['none', 'read', 'triage', 'write', 'maintain', 'admin'] as const;
export type BaseRole = (typeof BASE_ROLES)[number];

export interface IssueRecord {
  number: number;
  title: string;
  body: string;
  login: string;
  state: 'open' | 'closed';
  createdAt: string;
}

/** A pull request is an issue with the same number as well. */
export interface PullRecord extends IssueRecord {
  head: {
    ref: string;
    sha: string;
    /** `undefined`: the fork was deleted. */ repository: string | undefined;
  };
  base: { ref: string; sha: string };
  mergeCommit: string | undefined;
  mergedBy: string | undefined;
  mergedAt: string | undefined;
  draft: boolean;
}

export interface CommentRecord {
  id: number;
  thread: number;
  login: string;
  body: string;
  createdAt: string;
  updatedAt: string;
}

export interface ReactionRecord {
  id: number;
  comment: number;
  login: string;
  content: string;
  createdAt: string;
}

export interface ReviewRecord {
  id: number;
  pull: number;
  login: string;
  state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED' | 'PENDING';
  commit: string;
  body: string;
  submittedAt: string;
}

export interface DeploymentRecord {
  id: number;
  sha: string;
  ref: string;
  task: string;
  environment: string;
  description: string | null;
  payload: unknown;
  login: string;
  production: boolean;
  transient: boolean;
  createdAt: string;
}

export interface StatusRecord {
  id: number;
  deployment: number;
  state: string;
  description: string;
  logUrl: string;
  environmentUrl: string;
  environment: string;
  login: string;
  createdAt: string;
}

export interface CheckRunRecord {
  id: number;
  sha: string;
  name: string;
  status: string;
  conclusion: string | null;
  externalId: string;
  detailsUrl: string;
  startedAt: string | null;
  completedAt: string | null;
  output: {
    title: string | null;
    summary: string | null;
    text: string | null;
    annotations: readonly unknown[];
  };
  /** Login of the app. */
  app: string;
}

export type RunStatus = 'queued' | 'in_progress' | 'completed' | 'waiting';
export type RunConclusion = 'success' | 'failure' | 'cancelled' | 'timed_out' | 'skipped' | 'action_required';

/** A run of a workflow: what the API says of its latest attempt. */
export interface RunRecord {
  readonly id: number;
  /** File name of the workflow. */
  readonly workflow: string;
  event: string;
  status: RunStatus;
  conclusion: RunConclusion | null;
  attempt: number;
  title: string;
  branch: string;
  sha: string;
  /** `owner/name` that the head commit is of. */
  headRepository: string;
  login: string;
  number: number;
  inputs: Readonly<Record<string, string>>;
  createdAt: string;
  startedAt: string;
  updatedAt: string;
  cancelAsked: boolean;
  start(): void;
  finish(conclusion: RunConclusion): void;
}

export interface ArtifactRecord {
  id: number;
  run: number;
  name: string;
  zip: Buffer;
  expired: boolean;
  createdAt: string;
}

/** A workflow file that can be dispatched. */
export interface WorkflowRecord {
  id: number;
  file: string;
  name: string;
  /** Declared inputs of `workflow_dispatch`; `undefined`: everything is accepted. */
  inputs: Readonly<Record<string, { required?: boolean; default?: string }>> | undefined;
  /** `true`: 200 with the run where asked for; `false`: always 204; `refused`: a server that does not know the field. */
  returnRunDetails: boolean | 'refused';
  runName: ((inputs: Readonly<Record<string, string>>) => string) | undefined;
  onDispatch:
    ((run: RunRecord, inputs: Readonly<Record<string, string>>) => void | Promise<void>) | undefined;
}

/** A rule of a branch, as `rules/branches` tells it. */
export interface RuleRecord {
  type: string;
  parameters?: unknown;
  /** Logins that the rule does not hold for. */
  bypass?: readonly string[];
}

/** Permissions of a token, by GitHub's names. */
export type TokenPermissions = Readonly<Partial<Record<PermissionName, 'read' | 'write'>>>;
export type PermissionName =
  | 'contents'
  | 'issues'
  | 'pull_requests'
  | 'deployments'
  | 'actions'
  | 'checks'
  | 'statuses'
  | 'packages'
  | 'administration'
  | 'metadata';

export interface TokenRecord {
  login: string;
  /** `installation`: GITHUB_TOKEN or an app; `person`: somebody's own token. */
  kind: 'installation' | 'person';
  permissions: TokenPermissions;
}
