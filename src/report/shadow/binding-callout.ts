import type { Verdict } from '../../core/verdict.ts';
import { code, text, type Block, type Inline } from '../document.ts';

/** A caution where the log does not prove which releases it holds; nothing where it does, or where the reason says so already. */
export function bindingCallout({ shadow, checks, binding }: Verdict): Block[] {
  const told = checks.some(({ id, check }) => id === binding && check === 'log');
  const bound = shadow?.bound;
  switch (bound) {
    case 'trusted':
      return [
        callout(
          'Taken on trust.',
          text('The log does not name the releases that answered; '),
          code('trust_log: true'),
          text(' in the config says that they are these two. Nothing in the log proves it.'),
        ),
      ];
    case 'unbound':
      return told
        ? []
        : [
            callout(
              'No evidence.',
              text(
                'The log does not name the releases that answered, so these numbers speak of whatever was logged, and no environment accepts them as evidence.',
              ),
            ),
          ];
    case 'versions':
    case undefined:
      return [];
    default:
      return bound satisfies never;
  }
}

function callout(title: string, ...inlines: Inline[]): Block {
  return { kind: 'callout', title, inlines };
}
