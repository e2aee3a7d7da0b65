import { formatDuration } from '../../core/duration.ts';
import type { Config } from '../../config/config-schema.ts';
import { environmentOf } from '../../config/resolve-gates.ts';

/** What an environment asks of a release beside this shadow, and of whom: one sentence each. */
export function signOffOf(
  config: Config,
  { model, environment }: { model: string; environment: string },
): string[] {
  const policy = environmentOf(config, environment);
  const { after, soak, requires, approvals, accept_hold: acceptHold } = policy;
  const earlier = after === undefined ? undefined : environmentOf(config, after).soak;
  const wait = earlier === undefined ? '' : ` for ${formatDuration(earlier)}`;
  const kinds = requires ?? ['gate'];
  const count = approvals?.count ?? 0;
  return [
    ...(kinds.includes('gate') ? [`Data scientist: a gate verdict that passes for ${environment}.`] : []),
    ...(kinds.includes('shadow')
      ? [
          `Data scientist: this shadow’s verdict, registered as evidence (known-good register --model ${model} --evidence verdict.json).`,
        ]
      : []),
    ...(after === undefined ? [] : [`Release manager: healthy in ${after}${wait} first.`]),
    ...(count === 0 ? [] : [`Approvers: ${count} ${count === 1 ? 'approval' : 'approvals'}.`]),
    ...(acceptHold === undefined
      ? []
      : [`Over a hold, with a reason: ${acceptHold === 'anyone' ? 'anyone' : acceptHold.join(', ')}.`]),
    ...(soak === undefined
      ? []
      : [`Afterwards: known good in ${environment} after ${formatDuration(soak)}.`]),
  ];
}
