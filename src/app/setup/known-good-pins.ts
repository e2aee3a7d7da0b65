import type { InitWish } from './setup-facts.ts';

/** Known Good as workflows use it: the repository and what is behind the `@`. */
export type Pin = NonNullable<InitWish['action']>;

/** Who nobody is, in the starter workflows. */
export const NOBODY = 'OWNER/known-good';
/** The commit that is none, in the starter workflows. */
export const NO_SHA = '0'.repeat(40);

/** The line above the placeholder, and its line break. */
const TO_DO = /^[ \t]*# Replace OWNER and the SHA by the release of Known Good that you use\.\r?\n/gm;

/** `uses: OWNER/NAME[/actions/ACTION]@REF`, and a comment behind it that names a version: it speaks of the commit before. */
const USE =
  /((?:^|[\s{,])uses:[ \t]*["']?)([\w.-]+\/[\w.-]+)((?:\/actions\/[\w-]+)?)@([^\s"'#,{}[\]]+)(["']?)([ \t]+# ?v?\d[\w.-]*[ \t]*(?=\r?$))?/gm;

/**
 * A workflow whose uses of Known Good are pinned to `pin`; all else of it stays as it is, but for the to-do of the starter workflows and a
 * comment that names the version of the pin before. Repositories named known-good are taken for it, and the one of `pin`.
 */
export function withPin(text: string, pin: Pin): string {
  const pinned = text.replace(USE, (whole, ...groups: string[]) => {
    const [before = '', repository = '', action = '', ref = '', quote = ''] = groups;
    const isThere = repository === pin.repository && ref === pin.sha;
    return isThere || !isKnownGood(repository, pin)
      ? whole
      : `${before}${pin.repository}${action}@${pin.sha}${quote}`;
  });
  return pinned === text ? text : pinned.replace(TO_DO, '');
}

/** What a workflow pins Known Good to: its first use that is no placeholder; `undefined` where there is none. */
export function pinOf(text: string): Pin | undefined {
  return usesIn(text).find((pin) => !isPlaceholder(pin));
}

/** Whether a use of Known Good is a placeholder, or a name that can be moved. */
export function hasUnpinned(text: string): boolean {
  return usesIn(text).some((pin) => isPlaceholder(pin) || !/^[0-9a-f]{40}$/.test(pin.sha));
}

function usesIn(text: string): Pin[] {
  return [...text.matchAll(USE)].flatMap(([, , repository = '', , sha = '']) =>
    isKnownGood(repository) ? [{ repository, sha }] : [],
  );
}

function isKnownGood(repository: string, pin?: Pin): boolean {
  return repository.endsWith('/known-good') || repository === pin?.repository;
}

function isPlaceholder({ repository, sha }: Pin): boolean {
  return repository === NOBODY || sha === NO_SHA;
}
