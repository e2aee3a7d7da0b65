import type { Clock } from './clock.ts';
import type { GitRepository } from './git-repository.ts';
import type {
  ArtifactRecord,
  CheckRunRecord,
  CommentRecord,
  DeploymentRecord,
  IssueRecord,
  PullRecord,
  ReactionRecord,
  ReviewRecord,
  RuleRecord,
  RunRecord,
  StatusRecord,
  TokenRecord,
  UserRecord,
  WorkflowRecord,
} from './records.ts';

/** Everything that one GitHub with one repository knows. Tests may read and write it between requests. */
export interface GitHubState {
  owner: string;
  name: string;
  defaultBranch: string;
  private: boolean;
  /** Base of the web pages, e.g. `http://127.0.0.1:1234`. */
  web: string;
  /** Base of REST: `http://127.0.0.1:1234/api/v3`. */
  url: string;
  /** Base of the server that keeps artifacts: another origin. */
  storage: string;
  clock: Clock;
  git: GitRepository;
  users: Map<string, UserRecord>;
  tokens: Map<string, TokenRecord>;
  issues: Map<number, IssueRecord>;
  pulls: Map<number, PullRecord>;
  comments: Map<number, CommentRecord>;
  reactions: Map<number, ReactionRecord>;
  reviews: Map<number, ReviewRecord>;
  deployments: Map<number, DeploymentRecord>;
  statuses: Map<number, StatusRecord>;
  checkRuns: Map<number, CheckRunRecord>;
  workflows: Map<string, WorkflowRecord>;
  runs: Map<number, RunRecord>;
  artifacts: Map<number, ArtifactRecord>;
  /** Rules of rulesets, by branch. */
  rules: Map<string, RuleRecord[]>;
  /** Branches that are protected the old way: changes must come by pull requests. */
  protection: Set<string>;
  /** Environments that have been set up, with their protection rules. */
  environments: Map<string, { protectionRules: readonly unknown[] }>;
  workflowPermissions: { default: 'read' | 'write'; canApprove: boolean };
  /** What should not have happened: requests outside of the official descriptions, tokens sent to strangers, failing handlers. */
  problems: string[];
  /** Whether requests that the official description does not allow are answered 400; they are problems in any case. */
  strict: boolean;
  /** A number that was never given before, for ids. */
  nextId(): number;
  /** A number for an issue or pull request. */
  nextNumber(): number;
}

/** Reads the time as GitHub writes it: ISO, in seconds. */
export function stamp(state: Pick<GitHubState, 'clock'>): string {
  return state.clock
    .now()
    .toISOString()
    .replace(/\.\d+Z$/, 'Z');
}
