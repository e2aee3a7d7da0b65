import { digestOf, type Digest } from '../../core/digest.ts';
import { messageChain } from '../../core/errors.ts';
import type { Registry } from '../../core/registry.ts';
import type { Policy } from '../../core/policy.ts';
import type { Release } from '../../core/release.ts';
import { judgeCandidate, type CandidateFacts } from '../../ledger/known-good.ts';
import { evidencePath } from '../../ledger/paths.ts';
import { candidatesToLookInto, type Looked } from '../../promotion/choose-target.ts';
import type { LaneFacts } from '../../promotion/facts.ts';
import { openRegistry } from './load-lane.ts';
import type { ReleasePorts } from './release-ports.ts';

/** Asks registry and ledger about the candidates of a rollback, newest first, until one has everything. */
export async function lookIntoCandidates(
  ports: ReleasePorts,
  facts: LaneFacts,
  order: { release?: Release | undefined; policy: Policy | undefined },
): Promise<Looked> {
  const policy = facts.view.state.policy ?? order.policy;
  const looked: Record<string, CandidateFacts> = {};
  if (policy === undefined || facts.tag.kind === 'unreadable') return looked;
  const registry = openRegistry(ports.registries, policy);
  for (const release of candidatesToLookInto(facts, order.release)) {
    const stay = facts.view.state.tenures.findLast((tenure) => tenure.release.digest === release.digest);
    // What the record says of a release that was here is its promotion's business: the stay holds what counted then.
    const asked = (stay?.release ?? release).evidence.filter(
      ({ kind }) => stay?.requires.includes(kind) ?? true,
    );
    const found = await lookInto(ports, registry, { ...release, evidence: asked });
    looked[release.digest] = found;
    if (judgeCandidate({ release }, found).rejected === undefined) break;
  }
  return looked;
}

async function lookInto(ports: ReleasePorts, registry: Registry, release: Release): Promise<CandidateFacts> {
  const [image, evidenceGone] = await Promise.all([
    registry.missing(release.digest).then(
      (missing) => ({ missing }),
      (error: unknown) => ({ missing: [], unreadable: messageChain(error)[0] ?? 'no reason was given' }),
    ),
    evidenceGoneOf(ports, release),
  ]);
  return { ...image, evidenceGone };
}

/** Evidence documents of a release that the ledger has no more, or with other bytes. */
async function evidenceGoneOf({ ledger }: ReleasePorts, { evidence }: Release): Promise<Digest[]> {
  if (evidence.length === 0) return [];
  const { files } = await ledger.read(evidence.map(({ digest }) => evidencePath(digest)));
  return evidence
    .map(({ digest }) => digest)
    .filter((digest) => {
      const text = files[evidencePath(digest)];
      return text === undefined || digestOf(text) !== digest;
    });
}
