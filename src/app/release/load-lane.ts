import type { LedgerStore } from '../../core/ledger-store.ts';
import { messageChain } from '../../core/errors.ts';
import { parseImageRepository, parseTag } from '../../core/image.ts';
import type { Lane } from '../../core/lane.ts';
import type { Policy } from '../../core/policy.ts';
import type { Registries, Registry } from '../../core/registry.ts';
import type { LaneView } from '../../ledger/commit.ts';
import { currentTenure } from '../../ledger/state.ts';
import { tagValue, type LaneFacts, type TagFact } from '../../promotion/facts.ts';
import { standIn } from './governor.ts';
import { loadViews } from './load-views.ts';
import type { ReleasePorts } from './release-ports.ts';

/** Reads head, state and quarantine of a lane in one look. */
export async function loadView(ledger: LedgerStore, lane: Lane): Promise<LaneView> {
  const [view] = await loadViews(ledger, [lane]);
  return view as LaneView;
}

/** The repository that a policy speaks of. */
export function openRegistry(registries: Registries, { image }: Policy): Registry {
  return registries.open(parseImageRepository(image));
}

/** Where the tag points; an answer that did not come is a fact, not an error. */
export async function loadTag(registries: Registries, policy: Policy): Promise<TagFact> {
  try {
    const digest = await openRegistry(registries, policy).resolve(parseTag(policy.tag));
    return digest === undefined ? { kind: 'absent' } : { kind: 'at', digest };
  } catch (error) {
    return { kind: 'unreadable', why: messageChain(error)[0] ?? 'no reason was given' };
  }
}

/** So often a tag that the ledger does not explain is looked at together with the ledger again. */
const MOST_LOOKS = 5;

/**
 * The facts that recovery and plans are decided on. The tag is the one of the ledger's last policy; of a lane without history it is
 * the given one. A tag that the ledger does not explain is believed only if the lane was the same before and after it was read:
 * otherwise somebody is just moving it. A look that lags behind the view that is known says nothing.
 */
export async function loadFacts(
  ports: ReleasePorts,
  view: LaneView,
  policy: Policy | undefined,
): Promise<LaneFacts> {
  let facts = await look(ports, view, policy);
  for (let looks = 1; looks < MOST_LOOKS && !isExplained(facts); looks++) {
    const after = await loadView(ports.ledger, view.lane);
    if (after.state.seq < facts.view.state.seq) continue;
    if (after.state.last === facts.view.state.last) break;
    facts = await look(ports, after, policy);
  }
  return facts;
}

function isExplained({ view: { state }, tag }: LaneFacts): boolean {
  if (tag.kind === 'unreadable') return true;
  const { open } = state;
  const found = tagValue(tag);
  const current = currentTenure(state)?.release.digest ?? 'absent';
  return found === current || (open !== undefined && (found === open.from || found === open.to));
}

async function look(ports: ReleasePorts, view: LaneView, policy: Policy | undefined): Promise<LaneFacts> {
  const { open, policy: stored } = view.state;
  const inForce = open?.policy ?? stored ?? policy;
  const [tag, owner, governor] = await Promise.all([
    inForce === undefined
      ? ({
          kind: 'unreadable',
          why: 'the lane has no history, and the config does not name its tag.',
        } as const)
      : loadTag(ports.registries, inForce),
    open === undefined ? ('unknown' as const) : ports.owners.liveness(open.owner),
    standIn(ports.ledger, view, policy),
  ]);
  return { view, tag, owner, governor, now: ports.timer.now().toISOString() };
}
