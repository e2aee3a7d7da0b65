import { nameConfig } from '../../core/config-origin.ts';
import type { Digest } from '../../core/digest.ts';
import { formatLane } from '../../core/lane.ts';
import { nameRelease, shortDigest } from '../../core/release.ts';
import { verdictText } from '../../ledger/failing-verdict.ts';
import type { Tenure } from '../../ledger/state.ts';
import type { AccountedEvidence, LaneAccount } from '../../promotion/lane-account.ts';
import { formatMoment, formatSpan } from './format-time.ts';
import { toPage, type PageLine, type PageOptions } from './terminal-page.ts';

/** What `why` answers: who brought what, on which evidence, in place of what, and what happened since. */
export function accountPage(account: LaneAccount, options: PageOptions = {}): string {
  const name = formatLane(account.lane);
  const { tenure } = account;
  if (tenure === undefined) {
    const text = `${name} serves nothing that Known Good moved.`;
    return toPage([{ kind: 'text', text }], options);
  }
  return toPage(
    [
      { kind: 'title', text: `${name} serves ${nameRelease(tenure.release)}` },
      { kind: 'blank' },
      ...originLines(account, tenure),
      { kind: 'blank' },
      ...evidenceLines(account, tenure),
      { kind: 'blank' },
      ...sinceLines(account, tenure),
      { kind: 'blank' },
      ...(account.head === undefined
        ? []
        : [{ kind: 'verbatim', label: 'ledger', text: account.head } as const]),
    ],
    options,
  );
}

const field = (label: string, text: string): PageLine => ({ kind: 'field', label, text });

function originLines(account: LaneAccount, tenure: Tenure): PageLine[] {
  const { first, left, run, config, approvedBy = [] } = account;
  const { action, actor, movedAt, reason, unproved, acceptedHold, release } = tenure;
  return [
    field('brought by', `${actor}, ${action} at ${formatMoment(movedAt)} UTC (entry ${tenure.seq})`),
    ...(run === undefined ? [] : [field('run', run)]),
    ...(reason === undefined ? [] : [field('reason', `“${reason}”`)]),
    ...(unproved === true ? [field('unproved', 'it was not known good, and was restored all the same')] : []),
    ...(acceptedHold === true ? [field('over a hold', 'its gate held, and that was accepted')] : []),
    ...(approvedBy.length === 0 ? [] : [field('approved by', approverNames(approvedBy))]),
    ...(config === undefined ? [] : [field('decided by', nameConfig(config))]),
    field('replaced', replacedText(account, tenure)),
    ...(left === undefined
      ? []
      : [field('quarantined', `${left.version ?? shortDigest(left.digest)}, by this rollback`)]),
    ...(first === undefined
      ? []
      : [
          field(
            'first came',
            `${first.action} by ${first.actor} at ${formatMoment(first.movedAt)} UTC${first.healthyAt === undefined ? '' : `, healthy at ${formatMoment(first.healthyAt)} UTC`}`,
          ),
        ]),
    field(
      'built',
      `${release.sha === undefined ? 'from an unknown commit' : `from ${release.sha.slice(0, 12)}`}, registered by ${release.registeredBy} at ${formatMoment(release.registeredAt)} UTC`,
    ),
    field('artifact', artifactText(tenure)),
    ...(release.adopted === undefined ? [] : [field('adopted', `“${release.adopted}”`)]),
  ];
}

function approverNames(approvers: NonNullable<LaneAccount['approvedBy']>): string {
  return approvers
    .map(({ by, comment }) => (comment === undefined ? by : `${by} (comment ${comment})`))
    .join(', ');
}

function replacedText({ replaced, before }: LaneAccount, { action, from }: Tenure): string {
  const named = ({ version, digest }: { version?: string; digest: Digest }) =>
    version === undefined ? shortDigest(digest) : nameRelease({ version, digest });
  if (action === 'adopt') {
    const known =
      before === undefined ? 'the ledger had no release here' : `the ledger said ${named(before)}`;
    return `nothing: the tag pointed at it already, and was taken over as it was; until then ${known}`;
  }
  if (replaced !== undefined) return named(replaced);
  return from === 'absent' ? 'nothing: there was no tag' : 'itself: it was brought here once more';
}

function artifactText({ release: { artifact, carries } }: Tenure): string {
  if (artifact === undefined) return 'unknown: nothing in the image or its evidence names it';
  return `${shortDigest(artifact)}, ${carries === 'unproved' ? 'which nothing in the image proves' : `proved by the image's ${carries}`}`;
}

function evidenceLines({ evidence, others }: LaneAccount, { release }: Tenure): PageLine[] {
  const asked = evidence.flatMap(({ kind, counted }) =>
    counted === undefined
      ? [field(kind, 'asked for, and there is none')]
      : [field(kind, evidenceText(counted))],
  );
  const more = others.map((item) => field('also', `${item.ref.kind}: ${evidenceText(item)}`));
  if (asked.length + more.length > 0)
    return [{ kind: 'text', text: 'Evidence', indent: 2 }, ...asked, ...more];
  const none = release.evidence.length === 0 ? 'none, and none was asked for' : 'none was asked for';
  return [field('evidence', none)];
}

function evidenceText({ ref, kept }: AccountedEvidence): string {
  const { outcome, createdAt, digest, environment, run, ref: branch, reason } = ref;
  return [
    `${outcome}${environment === undefined ? '' : ` for ${environment}`}, ${formatMoment(createdAt)} UTC, ${shortDigest(digest)}${kept ? '' : ' — GONE from the ledger'}`,
    run ?? 'made outside of a workflow',
    ...(branch === undefined ? [] : [branch]),
    ...(reason === undefined ? [] : [`“${reason}”`]),
  ].join(' · ');
}

function sinceLines({ health, quarantine, policy, despite }: LaneAccount, tenure: Tenure): PageLine[] {
  const lines: PageLine[] = [];
  const { soak, deployedAt, healthyAt, trouble } = tenure;
  if (deployedAt !== undefined) lines.push(field('deployed', `${formatMoment(deployedAt)} UTC`));
  else if (policy !== undefined && policy.deploy.kind !== 'none' && tenure.action !== 'adopt')
    lines.push(field('deployed', 'not that the ledger knows'));
  if (soak !== undefined)
    lines.push(
      field(
        'looks',
        `${soak.looks === 1 ? 'a good one' : `${soak.looks} good ones`} since ${formatMoment(soak.since)} UTC, the last at ${formatMoment(soak.lastAt)} UTC`,
      ),
    );
  if (healthyAt !== undefined) lines.push(field('healthy', `since ${formatMoment(healthyAt)} UTC`));
  else if (health?.kind === 'soaking')
    lines.push(field('soak', `${formatSpan(health.servedMs)} of ${formatSpan(health.soakMs)}`));
  else if (trouble === undefined) lines.push(field('healthy', 'not proved yet'));
  if (trouble !== undefined)
    lines.push(
      field(
        'trouble',
        `${trouble.phase} ${trouble.kind} at ${formatMoment(trouble.at)} UTC: ${trouble.message}`,
      ),
    );
  if (despite !== undefined)
    lines.push(field('not known good', `${verdictText(despite)}; it was adopted all the same`));
  if (quarantine !== undefined)
    lines.push(
      field(
        'quarantine',
        `left by ${quarantine.actor} in ${quarantine.environment} at ${formatMoment(quarantine.at)} UTC`,
      ),
    );
  return lines;
}
