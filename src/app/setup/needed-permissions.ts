import type { Policy } from '../../core/policy.ts';

/** The actions of Known Good by their folder; the release bot is the root, `''`. */
export const ACTIONS = ['', 'gate', 'shadow', 'report', 'register', 'promote', 'rollback', 'verify'] as const;
export type ActionName = (typeof ACTIONS)[number];

type Permissions = Readonly<Record<string, 'read' | 'write'>>;

/** What an action needs whatever the config says. Each README says what for. */
const ALWAYS: Readonly<Record<ActionName, Permissions>> = {
  '': { contents: 'write', issues: 'write', 'pull-requests': 'write', actions: 'read' },
  gate: { contents: 'read' },
  shadow: { contents: 'read' },
  report: { 'pull-requests': 'write' },
  register: { contents: 'write' },
  promote: { contents: 'write', actions: 'read' },
  rollback: { contents: 'write', actions: 'read' },
  verify: { contents: 'write', actions: 'read' },
};

const MOVING: readonly ActionName[] = ['', 'promote', 'rollback'];

/** Approvals are comments, which are read again before they count. The bot may write them anyway. */
const COMMENTS: Permissions = { issues: 'read', 'pull-requests': 'read' };

/** The permissions that a job needs for an action: images at ghcr.io, deploy workflows and approvals take more. */
export function neededPermissions(action: ActionName, policies: readonly Policy[]): Permissions {
  const moves = MOVING.includes(action);
  const restores = action === 'verify' && policies.some(({ onFailure }) => onFailure === 'rollback');
  const atGitHub = policies.some(({ image }) => image.startsWith('ghcr.io/'));
  const byWorkflow = policies.some(({ deploy }) => deploy.kind === 'workflow');
  const asksApprovals = policies.some(({ approvals }) => approvals > 0);
  const reads = action === 'register' || action === 'verify';
  return {
    ...(asksApprovals && action === 'promote' ? COMMENTS : {}),
    ...ALWAYS[action],
    ...(atGitHub && reads ? { packages: 'read' as const } : {}),
    ...(atGitHub && (moves || restores) ? { packages: 'write' as const } : {}),
    ...(byWorkflow && (moves || restores) ? { actions: 'write' as const } : {}),
  };
}
