import type { Lane } from '../../core/lane.ts';
import type { LedgerStore } from '../../core/ledger-store.ts';
import type { Policy } from '../../core/policy.ts';
import type { Release } from '../../core/release.ts';
import { openEvidence, readVerdict } from '../../ledger/evidence-ref.ts';
import { newestEvidence } from '../../ledger/lane-release.ts';
import { evidencePath } from '../../ledger/paths.ts';
import type { PromotionOutlook } from '../../report/bot/outlook-blocks.ts';

/** What a promotion brings beside what serves: reads the verdicts that count. For people alone: nothing is decided on it. */
export async function loadOutlook(
  ledger: LedgerStore,
  lane: Lane,
  { release, live, policy }: { release: Release; live: Release | undefined; policy: Policy },
): Promise<PromotionOutlook> {
  const wanted = policy.requires.map((kind) => ({
    kind,
    ref: newestEvidence(release.evidence, kind, lane.environment),
  }));
  const paths = wanted.flatMap(({ ref }) => (ref === undefined ? [] : [evidencePath(ref.digest)]));
  const { files } =
    paths.length === 0 ? { files: {} as Record<string, string | undefined> } : await ledger.read(paths);
  const evidence = wanted.map(({ kind, ref }) => {
    if (ref === undefined) return { kind };
    const text = files[evidencePath(ref.digest)];
    // Only its own bytes are shown: a document that was altered says nothing of the release.
    const isOwn = openEvidence(ref.digest, text).kind === 'read';
    const verdict = isOwn && text !== undefined ? readVerdict(text, 'it').verdict : undefined;
    return { kind, ref, ...(verdict === undefined ? {} : { verdict }) };
  });
  return { lane, release, live, evidence };
}
