import type { CheckResult } from '../../core/check.ts';
import type { ComparedWithBase, DataFacts, FrozenBefore } from '../facts.ts';
import { quote } from '../../verdict/sentences.ts';
import { result } from '../../verdict/check-result.ts';

/** The role of a frozen reference set that changed: the config may accept it. */
export function holdsUnlessAllowed(allowed: boolean): 'inform' | 'gate' {
  return allowed ? 'inform' : 'gate';
}

/** A frozen reference set that the base commit gated and that is another one now, or gated no more, holds; nothing where it is the same. */
export function frozenSinceBase(
  { frozen, revision }: ComparedWithBase,
  data: readonly DataFacts[],
  { allowed, onPull }: { allowed: boolean; onPull: boolean },
): CheckResult[] {
  const at = `at the base commit ${revision.slice(0, 7)}`;
  const now = data.find((each) => each.role === 'frozen');
  const sentences = frozen.known
    ? frozen.value.map((before) => difference(before, now, at))
    : [
        `Whether a frozen reference set is still the same cannot be told: it could not be read ${at} (${frozen.why})`,
      ];
  const told = sentences.filter((sentence) => sentence !== undefined);
  if (told.length === 0) return [];
  return [
    result({
      id: 'gates.frozen',
      check: 'gates',
      role: holdsUnlessAllowed(allowed),
      outcome: 'hold',
      reason: 'reference-changed',
      subject: 'frozen',
      message: told.join(' '),
      settle: whatToDo(allowed, onPull),
    }),
  ];
}

function whatToDo(allowed: boolean, onPull: boolean): string {
  if (allowed) return 'The config accepts it (frozen_may_change); take that out again once it is merged.';
  const accept = 'gates: { data: { frozen_may_change: true } }';
  return onPull
    ? `Restore it; or, where it is meant to change, have the base branch accept it first: ${accept}.`
    : `Restore it; or, where it was meant to change, accept it in this change: ${accept}.`;
}

function difference(
  { path, digests }: FrozenBefore,
  now: DataFacts | undefined,
  at: string,
): string | undefined {
  if (now === undefined)
    return `The frozen reference set ${quote(path)}, which was gated ${at}, is not gated any more.`;
  if (digests === undefined || digests.includes(now.digest)) return undefined;
  const was = path === now.path ? '' : ` (it was ${quote(path)})`;
  return `The frozen reference set ${quote(now.path)}${was} is not the one ${at}: a reference set that never changes has changed, so results before and after do not compare.`;
}
