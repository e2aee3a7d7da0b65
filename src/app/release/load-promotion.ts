import { messageChain } from '../../core/errors.ts';
import type { Policy } from '../../core/policy.ts';
import type { Release } from '../../core/release.ts';
import type { LaneView } from '../../ledger/commit.ts';
import { openEvidence } from '../../ledger/evidence-ref.ts';
import { evidencePath } from '../../ledger/paths.ts';
import type { LaneFacts } from '../../promotion/facts.ts';
import type { PromotionFacts } from '../../promotion/plan-promotion.ts';
import { loadTag, loadView, openRegistry } from './load-lane.ts';
import type { PromotionOrder } from './promote.ts';
import { readApprovals } from './read-approvals.ts';
import type { ReleasePorts } from './release-ports.ts';

/**
 * Loads all that a promotion of a release is decided on, beside what is known of its lane. Comments of approvals are read here, so that
 * what is decided on them is written right after. Rejects where the ledger cannot be read.
 */
export async function loadPromotion(
  ports: ReleasePorts,
  { lane, policy, rules, config }: PromotionOrder,
  { facts, release }: { facts: LaneFacts; release: Release },
): Promise<PromotionFacts> {
  const [before, missing, target, opened, approvals] = await Promise.all([
    policy.after === undefined ? undefined : loadView(ports.ledger, { ...lane, environment: policy.after }),
    missingParts(ports, policy, release),
    sameTag(facts.view, policy) ? facts.tag : loadTag(ports.registries, policy),
    openEvidences(ports, release, policy),
    policy.approvals === 0 ? [] : readApprovals(ports, facts.view.state, release.digest),
  ]);
  const shared = { release, policy, config, rules };
  return { ...facts, ...shared, target, before: before?.state, missing, opened, approvals };
}

/** A registry that does not answer is a fact: what else speaks against the promotion is told beside it. */
function missingParts(
  { registries }: ReleasePorts,
  policy: Policy,
  { digest }: Release,
): Promise<PromotionFacts['missing']> {
  return openRegistry(registries, policy)
    .missing(digest)
    .catch((error: unknown) => ({ unreadable: messageChain(error)[0] ?? 'no reason was given' }));
}

function sameTag({ state }: LaneView, policy: Policy): boolean {
  return (
    state.policy === undefined || (state.policy.tag === policy.tag && state.policy.image === policy.image)
  );
}

/** Opens the verdicts of the kinds that the policy asks for, at most 20, in one read; none where it asks for none. */
async function openEvidences(
  { ledger }: ReleasePorts,
  { evidence }: Release,
  { requires }: Policy,
): Promise<PromotionFacts['opened']> {
  const digests = evidence.filter(({ kind }) => requires.includes(kind)).map(({ digest }) => digest);
  if (digests.length === 0) return {};
  const { files } = await ledger.read(digests.map(evidencePath));
  return Object.fromEntries(
    digests.map((digest) => [digest, openEvidence(digest, files[evidencePath(digest)])]),
  );
}
