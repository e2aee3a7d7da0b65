import { messageChain } from '../../core/errors.ts';
import { parseTag, type Tag } from '../../core/image.ts';
import type { Registry } from '../../core/registry.ts';
import { nameRelease, shortDigest } from '../../core/release.ts';
import { LATE_WRITE_MS } from '../../ledger/late-writes.ts';
import { readBack, retag, type Retagged } from '../registry/retag.ts';
import { anchorTag } from './anchor-tag.ts';
import { openRegistry } from './load-lane.ts';
import { freshlyOpen, type Operation } from './operation.ts';
import type { ReleasePorts } from './release-ports.ts';

/** What a write gets to answer; the rest of `LATE_WRITE_MS` is for the look before it, its lag, and the way to the registry. */
const WRITE_MS = LATE_WRITE_MS / 2;
type Moved = { kind: 'moved' } | { kind: 'not-moved'; message: string } | { kind: 'taken-over' };

/**
 * Points the tag at the release: the same manifest bytes under the anchor tag `<tag>-<seq>`, so that no clean-up deletes them, then under
 * the tag; reads the tag back and compares digests. A tag that is neither where the operation left it nor where it goes is
 * left alone, except by a rollback, which does not even look. Rejects when the registry stops answering after the write.
 */
export async function moveTag(ports: ReleasePorts, operation: Operation): Promise<Moved> {
  const { plan } = operation;
  const registry = openRegistry(ports.registries, plan.policy);
  const tag = parseTag(plan.policy.tag);
  // A rollback moves the tag whatever it points at: nothing that a look could say would keep it from that.
  if (plan.action === 'rollback' && plan.from !== plan.release.digest)
    return write(ports, { registry, tag, operation });
  const before = await ask(() => registry.resolve(tag));
  if (before.kind === 'error') return { kind: 'not-moved', message: before.message };
  const found = before.value ?? 'absent';
  const { digest } = plan.release;
  if (found === digest) return prove(ports, { registry, tag, operation });
  if (plan.action !== 'rollback' && found !== plan.from && !isStray(operation, found)) {
    const where = found === 'absent' ? 'is gone' : `points at ${shortDigest(found)}`;
    return { kind: 'not-moved', message: `The tag ${tag} was changed by hand meanwhile: it ${where}.` };
  }
  return write(ports, { registry, tag, operation });
}

interface Target {
  registry: Registry;
  tag: Tag;
  operation: Operation;
}

/** Anchor and tag; after a write that went wrong the tag itself says whether it happened. */
async function write(ports: ReleasePorts, target: Target): Promise<Moved> {
  const { registry, tag, operation } = target;
  const { digest } = operation.plan.release;
  let begun = false;
  try {
    const moved = await retag(registry, {
      digest,
      tags: [anchorTag(tag, operation.seq), tag],
      timeoutMs: WRITE_MS,
      sleep: (ms) => ports.timer.sleep(ms),
      mayWrite: async () => {
        const open = await freshlyOpen(ports, operation);
        begun ||= open;
        return open;
      },
    });
    return outcome(moved, target);
  } catch (error) {
    const message = messageChain(error).join(' ');
    if (!begun) return { kind: 'not-moved', message };
    return (await registry.resolve(tag)) === digest ? prove(ports, target) : { kind: 'not-moved', message };
  }
}

function outcome(moved: Retagged, { tag, operation }: Target): Moved {
  switch (moved.kind) {
    case 'proved':
      return { kind: 'moved' };
    case 'stopped':
      return { kind: 'taken-over' };
    case 'absent':
      return {
        kind: 'not-moved',
        message: `The registry no longer has ${nameRelease(operation.plan.release)}.`,
      };
    case 'unseen':
      return { kind: 'not-moved', message: unseen(tag) };
    default:
      return moved satisfies never;
  }
}

function unseen(tag: Tag): string {
  return `The registry took the tag ${tag}, but shows something else when it is read back. Look at its immutability and replication settings.`;
}

async function prove(ports: ReleasePorts, { registry, tag, operation }: Target): Promise<Moved> {
  const { digest } = operation.plan.release;
  const seen = await readBack(registry, { digest, tag, sleep: (ms) => ports.timer.sleep(ms) });
  return seen === digest ? { kind: 'moved' } : { kind: 'not-moved', message: unseen(tag) };
}

function isStray({ view }: Operation, digest: string): boolean {
  return view.state.strays.some((stray) => stray.digest === digest);
}

async function ask<T>(
  question: () => Promise<T>,
): Promise<{ kind: 'ok'; value: T } | { kind: 'error'; message: string }> {
  try {
    return { kind: 'ok', value: await question() };
  } catch (error) {
    return { kind: 'error', message: messageChain(error).join(' ') };
  }
}
