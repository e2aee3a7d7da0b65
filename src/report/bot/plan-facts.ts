import type { Deploy } from '../../core/policy.ts';
import { nameLeaving } from '../../promotion/leaving.ts';
import type { OperationPlan } from '../../promotion/plan.ts';
import { code, type Inline } from '../document.ts';
import { fact } from './fact.ts';

/** What an operation would do, for a dry run: the tag, the deployment, what would prove it, what would be quarantined. */
export function planFacts({
  policy,
  leaves,
  unproved,
  acceptedHold,
  takesOver,
  approvedBy = [],
}: OperationPlan): (readonly Inline[])[] {
  return [
    fact('Tag', code(`${policy.image}:${policy.tag}`)),
    fact('Deployment', ...deployment(policy.deploy)),
    fact('Proof', probes(policy.probes)),
    ...(leaves === undefined ? [] : [fact('Quarantine', nameLeaving(leaves))]),
    ...(takesOver === undefined
      ? []
      : [fact('Takes over', `${takesOver.action} of `, code(takesOver.actor))]),
    ...(approvedBy.length === 0 ? [] : [fact('Approved by', approvedBy.map(({ by }) => by).join(', '))]),
    ...(unproved === true ? [fact('Unproved', 'the release is not known good; that is recorded.')] : []),
    ...(acceptedHold === true ? [fact('Accepts', 'a verdict that holds; that is recorded.')] : []),
  ];
}

function deployment(deploy: Deploy): (Inline | string)[] {
  switch (deploy.kind) {
    case 'none':
      return ['nothing to run: the runtime follows the tag.'];
    case 'command':
      return [code(deploy.command.join(' '))];
    case 'workflow':
      return [
        'workflow ',
        code(deploy.workflow),
        ...(deploy.ref === undefined ? [] : [' of ', code(deploy.ref)]),
      ];
    default:
      return deploy satisfies never;
  }
}

function probes(all: OperationPlan['policy']['probes']): string {
  if (all.length === 0) return 'no probes: nothing would be proved.';
  return all.map(({ name, method, url }) => name ?? `${method} ${url}`).join(', ');
}
