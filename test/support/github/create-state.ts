import { createClock } from './clock.ts';
import { createGitRepository } from './git-repository.ts';
import type { GitHubState } from './github-state.ts';
import type { UserRecord } from './records.ts';

/** What a GitHub starts with. */
export interface GitHubOptions {
  /** `owner/name`. The owner is its administrator. */
  repository: string;
  /** `main` where nothing is said. */
  defaultBranch?: string;
  /** The default branch's first commit. */
  files?: Readonly<Record<string, string | Uint8Array>>;
  users?: Readonly<Record<string, UserRecord>>;
  /** `true`. Everybody may read a public one. */
  private?: boolean;
  /** Where its clock stands; without, it goes with the machine's. */
  now?: Date;
}

/** A GitHub in which nothing has happened; its addresses are set when its servers listen. */
export function createState(options: GitHubOptions): GitHubState {
  const [owner = '', name = ''] = options.repository.split('/');
  let id = 1000;
  let number = 0;
  const users = new Map<string, UserRecord>([[owner, { type: 'User', role: 'admin' }]]);
  for (const [login, user] of Object.entries(options.users ?? {})) users.set(login, user);
  return {
    owner,
    name,
    defaultBranch: options.defaultBranch ?? 'main',
    private: options.private ?? true,
    web: '',
    url: '',
    storage: '',
    clock: createClock(options.now),
    git: createGitRepository(),
    users,
    tokens: new Map(),
    issues: new Map(),
    pulls: new Map(),
    comments: new Map(),
    reactions: new Map(),
    reviews: new Map(),
    deployments: new Map(),
    statuses: new Map(),
    checkRuns: new Map(),
    workflows: new Map(),
    runs: new Map(),
    artifacts: new Map(),
    rules: new Map(),
    protection: new Set(),
    environments: new Map(),
    workflowPermissions: { default: 'read', canApprove: false },
    problems: [],
    strict: true,
    nextId: () => (id += 1),
    nextNumber: () => (number += 1),
  };
}
