import type { Digest } from '../../core/digest.ts';
import { formatDuration } from '../../core/duration.ts';
import { nameConfig } from '../../core/config-origin.ts';
import { formatLane } from '../../core/lane.ts';
import { nameRelease, shortDigest } from '../../core/release.ts';
import type { Candidate } from '../../ledger/known-good.ts';
import { nameLeaving } from '../../promotion/leaving.ts';
import type { LaneResult } from '../../promotion/lane-result.ts';
import type { OperationPlan } from '../../promotion/plan.ts';
import type { Reason } from '../../promotion/reason.ts';
import { commandLine, toPage, type PageLine, type PageOptions, type Tone } from './terminal-page.ts';

const TONES: Readonly<Record<LaneResult['outcome'], Tone>> = {
  done: 'good',
  nothing: 'good',
  planned: 'plan',
  refused: 'bad',
  waiting: 'wait',
  'moved-not-proved': 'unsure',
  'not-moved': 'bad',
  failed: 'bad',
};

/** The result of promote, rollback, adopt and verify for a terminal: what moved, how it is proved, what was passed over, how to undo it. */
export function lanePage(result: LaneResult, options: PageOptions = {}): string {
  const { reasons = [], passedOver = [], plan } = result;
  const isRefused = reasons.length > 0;
  const others = passedOver.filter(
    ({ rejected }) => rejected !== undefined && (isRefused || rejected.rule !== 'being-left'),
  );
  return toPage(
    [
      { kind: 'head', tone: TONES[result.outcome], text: headline(result) },
      { kind: 'blank' },
      ...reasonLines(reasons),
      ...movedLines(result),
      ...(plan === undefined ? [] : planLines(plan)),
      ...candidateLines(others, isRefused),
      { kind: 'blank' },
      ...endLines(result),
    ],
    options,
  );
}

/** The result on one line, for `--quiet`. */
export function laneLine(result: LaneResult): string {
  return toPage([{ kind: 'head', tone: TONES[result.outcome], text: result.message }]).replace(/\n +/g, ' ');
}

function headline({ outcome, lane, message, reasons = [], command }: LaneResult): string {
  // What failed its look has changed something, whatever stopped the rollback from it.
  if (reasons.length === 0 || outcome === 'failed') return message;
  const name = formatLane(lane);
  const count = reasons.length === 1 ? 'one reason' : `${reasons.length} reasons`;
  if (outcome === 'waiting') return `${name}: ${command} waits.`;
  if (outcome === 'refused') return `${name}: ${command} refused, for ${count}. Nothing was changed.`;
  return `${name}: ${command} stopped, for ${count}. Nothing was changed.`;
}

/** The reasons, numbered where there are several, each with what settles it. */
export function reasonLines(
  reasons: readonly (Pick<Reason, 'message' | 'settle'> & { code: string })[],
): PageLine[] {
  return reasons.flatMap((reason, i): PageLine[] => {
    const number = reasons.length === 1 ? '' : `${i + 1}. `;
    return [
      { kind: 'text', text: `${number}${reason.message} (${reason.code})`, indent: 2, hang: number.length },
      ...settleLines(reason.settle),
      { kind: 'blank' },
    ];
  });
}

function settleLines(settle: string | undefined): PageLine[] {
  return settle === undefined ? [] : settle.split(/ {2,}or {2,}/).map((command) => commandLine(command, 5));
}

function movedLines(result: LaneResult): PageLine[] {
  const { from, release, look, movedMs, healthyMs, outcome } = result;
  if (outcome === 'nothing') return [];
  const [here, there] = outcome === 'not-moved' ? ['still at', 'wanted'] : ['from', 'to'];
  const lines = automaticLines(result);
  const isMove = result.automatic === undefined;
  if (isMove && from !== undefined) lines.push({ kind: 'field', label: here, text: nameFrom(from, result) });
  if (isMove && release !== undefined)
    lines.push({ kind: 'field', label: there, text: nameRelease(release) });
  if (look !== undefined && !result.message.includes(look.message)) {
    lines.push({ kind: 'field', label: 'look', text: `${look.outcome}: ${look.message}` });
  }
  lines.push(...quarantineLines(result));
  const since = result.automatic === undefined ? 'command' : 'failed look';
  const times = [
    ...(movedMs === undefined ? [] : [`${formatDuration(movedMs)} from ${since} to tag read back`]),
    ...(healthyMs === undefined ? [] : [`${formatDuration(healthyMs)} from ${since} to healthy`]),
  ];
  if (times.length > 0) lines.push({ kind: 'field', label: 'took', text: times.join(', ') });
  return [...lines, ...deciderLines(result)];
}

/** What a failed look led to: what failed, and what serves in its place. */
function automaticLines({ automatic }: LaneResult): PageLine[] {
  if (automatic === undefined) return [];
  const { failed, restored } = automatic;
  const back = restored === undefined ? 'nothing: what failed may still serve' : nameRelease(restored);
  return [
    { kind: 'field', label: 'failed', text: nameRelease(failed) },
    { kind: 'field', label: 'restored', text: back },
  ];
}

/** By which policy it was decided, where something was. */
function deciderLines({ decidedBy, outcome }: LaneResult): PageLine[] {
  if (decidedBy === undefined || outcome === 'refused' || outcome === 'waiting') return [];
  const text = decidedBy.kind === 'ledger' ? 'the policy that the ledger holds' : nameConfig(decidedBy);
  return [{ kind: 'field', label: 'decided by', text }];
}

/** What a rollback left, which is promoted nowhere until somebody releases it. */
function quarantineLines({ leaves, lane }: LaneResult): PageLine[] {
  if (leaves === undefined) return [];
  const { digest, version } = leaves;
  return [
    { kind: 'field', label: 'quarantined', text: `${nameLeaving(leaves)}, until` },
    commandLine(`release ${lane.model}@${version ?? shortDigest(digest)} --reason "…"`, 14),
  ];
}

function nameFrom(from: Digest | 'absent', { fromVersion }: LaneResult): string {
  if (from === 'absent') return 'nothing: there was no tag';
  return fromVersion === undefined ? shortDigest(from) : nameRelease({ version: fromVersion, digest: from });
}

function planLines({
  policy,
  leaves,
  unproved,
  acceptedHold,
  takesOver,
  approvedBy = [],
}: OperationPlan): PageLine[] {
  const { deploy, probes } = policy;
  const fields: [string, string | undefined][] = [
    ['tag', `${policy.image}:${policy.tag}`],
    ['deploy', deployText(deploy)],
    ['probes', probes.length === 0 ? 'none: nothing would be proved' : probeNames(probes)],
    ['quarantine', leaves && nameLeaving(leaves)],
    ['takes over', takesOver === undefined ? undefined : `${takesOver.actor}'s ${takesOver.action}`],
    ['unproved', unproved === true ? 'yes, and recorded' : undefined],
    ['approved by', approvedBy.length === 0 ? undefined : approvedBy.map(({ by }) => by).join(', ')],
    ['accepts', acceptedHold === true ? 'a gate that holds, and that is recorded' : undefined],
  ];
  return fields.flatMap(([label, text]) => (text === undefined ? [] : [{ kind: 'field', label, text }]));
}

function deployText(deploy: OperationPlan['policy']['deploy']): string {
  switch (deploy.kind) {
    case 'none':
      return 'nothing to run: the runtime follows the tag';
    case 'command':
      return deploy.command.join(' ');
    case 'workflow':
      return `workflow ${deploy.workflow}${deploy.ref === undefined ? '' : ` at ${deploy.ref}`}`;
    default:
      return deploy satisfies never;
  }
}

function probeNames(probes: OperationPlan['policy']['probes']): string {
  return probes.map(({ name, method, url }) => name ?? `${method} ${url}`).join(', ');
}

/** The releases that a rollback did not choose, and why; where it found none, all of them were looked at. */
function candidateLines(candidates: readonly Candidate[], refused: boolean): PageLine[] {
  if (candidates.length === 0) return [];
  const title = refused ? 'Looked at, newest first:' : 'Passed over, newest first:';
  return [
    { kind: 'blank' },
    { kind: 'text', text: title, indent: 2 },
    ...candidates.map(({ release, rejected }): PageLine => {
      const why = rejected?.message ?? nameRelease(release);
      const rule = rejected === undefined ? '' : ` (${rejected.rule})`;
      return { kind: 'text', text: `- ${why}${rule}`, indent: 2, hang: 2 };
    }),
  ];
}

function endLines({ undo, head, outcome }: LaneResult): PageLine[] {
  const label = outcome === 'failed' || outcome === 'moved-not-proved' ? 'way back' : 'undo';
  return [
    ...(undo === undefined ? [] : [{ kind: 'verbatim', label, text: `known-good ${undo}` } as const]),
    ...(head === undefined ? [] : [{ kind: 'verbatim', label: 'ledger', text: head } as const]),
  ];
}
