import { nameConfig } from '../../core/config-origin.ts';
import { formatLane } from '../../core/lane.ts';
import { shortDigest } from '../../core/release.ts';
import { verdictText } from '../../ledger/failing-verdict.ts';
import type { Tenure } from '../../ledger/state.ts';
import type { AccountedEvidence, LaneAccount } from '../../promotion/lane-account.ts';
import { badge, code, link, type Block, type Inline } from '../document.ts';
import { formatMoment, formatSpan } from '../release/format-time.ts';
import { endBlocks } from './end-blocks.ts';
import { fact } from './fact.ts';
import { movedTable } from './moved-table.ts';
import type { ReplyContext } from './reply-context.ts';
import { replyHeading } from './reply-heading.ts';

/** Who brought the release that serves, on which evidence, in place of what, and what became of it since. */
export function whyReply(account: LaneAccount, context: ReplyContext): Block[] {
  const { lane, tenure, head } = account;
  const name = formatLane(lane);
  const end = endBlocks(context, head === undefined ? {} : { head });
  if (tenure === undefined)
    return [replyHeading('hold', 'WHY', `${name} serves nothing that Known Good moved`), ...end];
  const { release } = tenure;
  const items = [
    ...origin(account, tenure),
    ...account.evidence.map(({ kind, counted }) => evidence(kind, counted)),
    ...account.others.map((other) => evidence(`also ${other.ref.kind}`, other)),
    ...since(account, tenure),
  ];
  const replaced = account.replaced;
  return [
    replyHeading('pass', 'WHY', `${name} serves ${release.version}`),
    movedTable(lane, { left: replaced ?? 'absent', right: release, headings: ['before it', 'serves'] }),
    { kind: 'list', items },
    ...end,
  ];
}

function origin({ run, config, first, left }: LaneAccount, tenure: Tenure): (readonly Inline[])[] {
  const { action, actor, movedAt, reason, unproved, acceptedHold, release, seq } = tenure;
  return [
    fact(
      'Brought',
      'by ',
      code(actor),
      `: ${action} at ${formatMoment(movedAt)} UTC, entry ${seq}`,
      ...(run === undefined ? [] : [', ', link('its run', run)]),
      reason === undefined ? '.' : `: “${reason}”`,
    ),
    ...(unproved === true ? [fact('Unproved', 'it was not known good, and was restored all the same.')] : []),
    ...(acceptedHold === true ? [fact('Over a hold', 'its verdict held, and that was accepted.')] : []),
    ...(config === undefined ? [] : [fact('Decided by', `${nameConfig(config)}.`)]),
    ...(left === undefined
      ? []
      : [fact('Left', `${left.version ?? shortDigest(left.digest)}, quarantined.`)]),
    ...(first === undefined
      ? []
      : [
          fact(
            'First came',
            `${first.action} by `,
            code(first.actor),
            ` at ${formatMoment(first.movedAt)} UTC.`,
          ),
        ]),
    fact(
      'Built',
      release.sha === undefined ? 'from an unknown commit' : 'from ',
      ...(release.sha === undefined ? [] : [code(release.sha.slice(0, 12))]),
      `, registered by `,
      code(release.registeredBy),
      ` at ${formatMoment(release.registeredAt)} UTC.`,
    ),
    fact('Artifact', ...artifact(tenure)),
    ...(release.adopted === undefined ? [] : [fact('Adopted', `“${release.adopted}”`)]),
  ];
}

function artifact({ release: { artifact: digest, carries } }: Tenure): (Inline | string)[] {
  if (digest === undefined) return ['unknown: nothing in the image or its evidence names it.'];
  const how =
    carries === 'unproved' ? ', which nothing in the image proves.' : `, proved by the image’s ${carries}.`;
  return [code(shortDigest(digest)), how];
}

function evidence(name: string, counted: AccountedEvidence | undefined): readonly Inline[] {
  const title = name.charAt(0).toUpperCase() + name.slice(1);
  if (counted === undefined) return fact(title, 'asked for, and there is none.');
  const { ref, kept } = counted;
  return fact(
    title,
    badge(ref.outcome),
    `${ref.environment === undefined ? '' : ` for ${ref.environment}`}, ${formatMoment(ref.createdAt)} UTC, `,
    code(shortDigest(ref.digest)),
    ...(kept ? [] : [', GONE from the ledger']),
    ...(ref.run === undefined ? [', made outside of a workflow'] : [', ', link('its run', ref.run)]),
    ...(ref.reason === undefined ? [] : [`: “${ref.reason}”`]),
  );
}

function since({ health, quarantine, despite }: LaneAccount, tenure: Tenure): (readonly Inline[])[] {
  const { soak, deployedAt, healthyAt, trouble } = tenure;
  return [
    ...(deployedAt === undefined ? [] : [fact('Deployed', `${formatMoment(deployedAt)} UTC.`)]),
    ...(soak === undefined
      ? []
      : [
          fact(
            'Looks',
            `${soak.looks} good since ${formatMoment(soak.since)} UTC, the last at ${formatMoment(soak.lastAt)} UTC.`,
          ),
        ]),
    healthFact(health, healthyAt),
    ...(trouble === undefined
      ? []
      : [
          fact(
            'Trouble',
            `${trouble.phase} ${trouble.kind} at ${formatMoment(trouble.at)} UTC: ${trouble.message}`,
          ),
        ]),
    ...(despite === undefined
      ? []
      : [fact('Not known good', `${verdictText(despite)}; it was adopted all the same.`)]),
    ...(quarantine === undefined
      ? []
      : [
          fact(
            'Quarantined',
            `left in ${quarantine.environment} at ${formatMoment(quarantine.at)} UTC by `,
            code(quarantine.actor),
          ),
        ]),
  ];
}

function healthFact(health: LaneAccount['health'], healthyAt: string | undefined): readonly Inline[] {
  if (healthyAt !== undefined) return fact('Healthy', `since ${formatMoment(healthyAt)} UTC.`);
  if (health?.kind === 'soaking')
    return fact('Soak', `${formatSpan(health.servedMs)} of ${formatSpan(health.soakMs)}.`);
  return fact('Healthy', 'not proved yet.');
}
