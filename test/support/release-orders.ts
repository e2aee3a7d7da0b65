import { promote, type PromotionOrder } from '../../src/app/release/promote.ts';
import { rollback, type RollbackOrder } from '../../src/app/release/rollback.ts';
import type { LaneResult } from '../../src/promotion/lane-result.ts';
import type { Release } from '../../src/core/release.ts';
import { LANE } from './model/lanes.ts';
import { samplePolicy } from './model/world.ts';
import { ReleaseDesk } from './release-desk.ts';

const rules = { gates: undefined, defaultRef: 'refs/heads/main', actor: 'ana' };

/** Promotes a release at a desk. */
export function promoteAt(
  desk: ReleaseDesk,
  release: Release,
  changes: Partial<PromotionOrder> = {},
): Promise<LaneResult> {
  return promote(desk.ports(), { lane: LANE, policy: samplePolicy(), release, rules, ...changes });
}

/** Rolls back at a desk; the config is not needed. */
export function rollbackAt(desk: ReleaseDesk, changes: Partial<RollbackOrder> = {}): Promise<LaneResult> {
  return rollback(desk.ports(), { lane: LANE, policy: undefined, ...changes });
}

/** A desk where these releases were promoted one after the other, an hour apart, each found healthy; its log is empty. */
export async function deskWith(
  releases: readonly Release[],
  changes: Partial<PromotionOrder> = {},
): Promise<ReleaseDesk> {
  const desk = new ReleaseDesk();
  for (const release of releases) {
    desk.registry.has(release);
    await promoteAt(desk, release, changes);
    desk.pass(3_600_000);
  }
  return desk.forget();
}
