import { formatDuration } from '../core/duration.ts';
import type { EvidenceKind, Policy } from '../core/policy.ts';
import { nameRelease, shortDigest, type EvidenceRef, type Release } from '../core/release.ts';
import { sameLogin } from '../core/same-login.ts';
import { currentTenure, type LaneState } from '../ledger/state.ts';
import { countedEvidence, type OpenedEvidences } from './counted-evidence.ts';
import type { Reason } from './reason.ts';

/** A verdict may be dated this far in the future: clocks differ. Beyond, its date is no date. */
const CLOCKS_DIFFER_MS = 300_000;

/** What evidence is compared with: the config of today. */
export interface EvidenceRules {
  /** SHA-256 of the gates that this lane's config asks for now; `undefined` where it has none. */
  gates: string | undefined;
  /** The same of the shadow's section and the gates together. */
  shadow?: string | undefined;
  /** Name of the default branch's ref, e.g. `refs/heads/main`. */
  defaultRef: string;
  /** Who promotes. */
  actor: string;
  /** Who started the run of that again, where it is somebody else: they promote as well. */
  reRunner?: string | undefined;
}

/** All who promote: what one of them may not do, they may not do together. */
export function promotersOf({
  actor,
  reRunner,
}: Pick<EvidenceRules, 'actor' | 'reRunner'>): readonly string[] {
  return reRunner === undefined || sameLogin(actor, reRunner) ? [actor] : [actor, reRunner];
}

interface Facts {
  view: { lane: { environment: string }; state: Pick<LaneState, 'tenures'> };
  release: Release;
  policy: Policy;
  rules: EvidenceRules;
  /** The documents of its evidence. */
  opened: OpenedEvidences;
  now: string;
}

/**
 * Why the evidence of a release is not enough for a lane: for each kind that is asked for, everything wrong with the newest, and with how
 * the record of the release tells of it.
 */
export function evidenceReasons(
  facts: Facts,
  { acceptHold, reason }: { acceptHold?: boolean | undefined; reason?: string | undefined },
): Reason[] {
  const reasons = facts.policy.requires.flatMap((kind) => kindReasons(facts, kind));
  const holds = reasons.some(({ code }) => code === 'evidence-holds');
  if (acceptHold !== true || !holds) return reasons;
  const { acceptHold: allowed } = facts.policy;
  const others = strangersTo(facts);
  if (others.length > 0) {
    const who = allowed.length === 0 ? 'nobody (environment key accept_hold)' : allowed.join(', ');
    return [
      ...reasons,
      {
        code: 'evidence-holds',
        message: `A hold may be accepted by ${who}, not by ${others.join(' and ')}.`,
      },
    ];
  }
  if (reason === undefined) {
    return [
      ...reasons,
      { code: 'reason-missing', message: 'A hold is accepted with a reason: add --reason "…".' },
    ];
  }
  return reasons.filter(({ code }) => code !== 'evidence-holds');
}

function kindReasons(facts: Facts, kind: EvidenceKind): Reason[] {
  const { evidence, reasons: untrue } = countedEvidence(facts, kind);
  const name = nameRelease(facts.release);
  if (evidence === undefined) return untrue.length > 0 ? [...untrue] : [missing(facts, kind)];
  const reasons = [...untrue];
  const outcome = `The ${kind} verdict of ${name} is ${evidence.outcome}`;
  const why = evidence.reason === undefined ? '.' : `: ${evidence.reason}`;
  if (evidence.outcome === 'fail' || evidence.outcome === 'error') {
    reasons.push({ code: 'evidence-fails', message: `${outcome}${why}` });
  } else if (evidence.outcome === 'hold') {
    reasons.push({ code: 'evidence-holds', message: `${outcome}${why}`, ...acceptable(facts) });
  }
  return [
    ...reasons,
    ...[
      expired(facts, evidence),
      otherGates(facts, evidence),
      otherChampion(facts, evidence),
      origin(facts, evidence),
    ].filter((r) => r !== undefined),
  ];
}

/** Those who promote and may not accept a hold. Names are written with or without `@`. */
function strangersTo({ policy: { acceptHold }, rules }: Pick<Facts, 'policy' | 'rules'>): string[] {
  if (acceptHold.includes('anyone')) return [];
  return promotersOf(rules).filter(
    (login) => !acceptHold.some((name) => sameLogin(name.replace(/^@/, ''), login)),
  );
}

/** The way over a hold, for those whom the policy names. */
function acceptable({ policy, release, view, rules }: Facts): Pick<Reason, 'settle'> {
  if (strangersTo({ policy, rules }).length > 0) return {};
  const lane = `${release.model}/${view.lane.environment}`;
  return { settle: `promote ${lane} ${release.version} --accept-hold --reason "…"` };
}

/** How evidence is made anew for this environment. */
function again({ release, view }: Facts, kind: EvidenceKind): string {
  return `${kind} --model ${release.model} --environment ${view.lane.environment}`;
}

function missing(facts: Facts, kind: EvidenceKind): Reason {
  const { release, view } = facts;
  const other = release.evidence.find((item) => item.kind === kind);
  const seen = other?.environment === undefined ? '' : ` It has one for ${other.environment} only.`;
  const register = `known-good register --model ${release.model} --version ${release.version} --evidence known-good-report/verdict.json`;
  const message = `${nameRelease(release)} has no ${kind} verdict for ${view.lane.environment}.${seen} Run known-good ${kind}, then register its verdict: ${register}.`;
  return { code: 'evidence-missing', message, settle: again(facts, kind) };
}

function expired(facts: Facts, { createdAt, kind }: EvidenceRef): Reason | undefined {
  const { policy, now, release } = facts;
  const age = Date.parse(now) - Date.parse(createdAt);
  if (policy.evidenceAgeMs === undefined || (age <= policy.evidenceAgeMs && age >= -CLOCKS_DIFFER_MS))
    return undefined;
  const message = `The ${kind} verdict of ${nameRelease(release)} is of ${createdAt}; this environment takes none older than ${formatDuration(policy.evidenceAgeMs)}. Run it again.`;
  return { code: 'evidence-expired', message, settle: again(facts, kind) };
}

function otherGates(facts: Facts, { gates, kind }: EvidenceRef): Reason | undefined {
  const { rules, release } = facts;
  const wanted = kind === 'gate' ? rules.gates : rules.shadow;
  if (wanted === undefined || gates === wanted) return undefined;
  const what = kind === 'gate' ? 'gates' : 'gates or another shadow section';
  const how =
    gates === undefined
      ? 'was made without the config'
      : `was made with other ${what} than the config has now for this environment`;
  const message = `The ${kind} verdict of ${nameRelease(release)} ${how}. Run known-good ${kind} again, and register its verdict.`;
  return { code: 'evidence-gates-changed', message, settle: again(facts, kind) };
}

/** A shadow says how a release does beside what served then; beside another one it says nothing. */
function otherChampion(facts: Facts, { kind, champion }: EvidenceRef): Reason | undefined {
  const { view, release } = facts;
  const current = currentTenure(view.state)?.release;
  if (kind !== 'shadow' || current === undefined || champion === current.digest) return undefined;
  if (current.digest === release.digest) return undefined;
  const whom = champion === undefined ? 'a release that it does not name' : shortDigest(champion);
  const message = `The shadow verdict of ${nameRelease(release)} compares it with ${whom}, and ${view.lane.environment} has ${nameRelease(current)} now. Run the shadow against that, and register its verdict.`;
  return { code: 'evidence-other-champion', message, settle: again(facts, kind) };
}

function origin({ policy, rules, release }: Facts, { ref, run, kind }: EvidenceRef): Reason | undefined {
  const name = `The ${kind} verdict of ${nameRelease(release)}`;
  if (ref?.startsWith('refs/pull/') === true) {
    const message = `${name} was made on a pull request (${ref}), which anybody can open: it is no evidence. Run the gate on ${rules.defaultRef}.`;
    return { code: 'evidence-origin', message };
  }
  if (policy.evidenceFrom === 'anywhere') return undefined;
  const trusted = run !== undefined && (ref === rules.defaultRef || ref?.startsWith('refs/tags/') === true);
  if (trusted) return undefined;
  const seen = run === undefined ? 'outside of a workflow' : `on ${ref ?? 'an unknown ref'}`;
  return {
    code: 'evidence-origin',
    message: `${name} was made ${seen}; this environment asks for one made on ${rules.defaultRef}.`,
  };
}
