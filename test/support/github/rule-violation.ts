import type { GitHubState } from './github-state.ts';
import type { RuleRecord } from './records.ts';

/** A direct write of a branch that is not allowed: by rulesets, which are told as `FORBIDDEN`, or by classic protection. */
export interface Violation {
  /** GraphQL's `errors[].type`. */
  type: 'FORBIDDEN' | 'BRANCH_PROTECTION_RULE_VIOLATION';
  message: string;
}

/** Why a branch may not be written directly; `undefined` where it may. */
export function ruleViolation(
  state: GitHubState,
  { ref, login, creates }: { ref: string; login: string; creates: boolean },
): Violation | undefined {
  const branch = ref.replace(/^refs\/heads\//, '');
  for (const rule of state.rules.get(branch) ?? []) {
    const reason = rule.bypass?.includes(login) === true ? undefined : broken(rule, creates);
    if (reason !== undefined)
      return { type: 'FORBIDDEN', message: `Repository rule violations found\n\n${reason}\n\n` };
  }
  if (creates || !state.protection.has(branch)) return undefined;
  return {
    type: 'BRANCH_PROTECTION_RULE_VIOLATION',
    message: 'Changes must be made through a pull request.',
  };
}

function broken({ type, parameters }: RuleRecord, creates: boolean): string | undefined {
  switch (type) {
    case 'creation':
      return creates ? 'Cannot create ref due to creations being restricted.' : undefined;
    case 'update':
      return creates ? undefined : 'Cannot update this protected ref.';
    case 'pull_request':
      return creates ? undefined : 'Changes must be made through a pull request.';
    case 'required_status_checks': {
      const given = parameters as { required_status_checks?: readonly unknown[] } | undefined;
      const count = given?.required_status_checks?.length ?? 1;
      return creates ? undefined : `${count} of ${count} required status checks are expected.`;
    }
    default:
      return undefined;
  }
}
