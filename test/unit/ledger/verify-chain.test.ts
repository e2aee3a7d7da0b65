import { array, assert, asyncProperty, constantFrom, nat, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestOf } from '../../../src/core/digest.ts';
import type { Lane } from '../../../src/core/lane.ts';
import type { Release } from '../../../src/core/release.ts';
import { evidencePath } from '../../../src/ledger/paths.ts';
import { verifyChain } from '../../../src/ledger/verify-chain.ts';
import { currentTenure } from '../../../src/ledger/state.ts';
import { LedgerBook, PRODUCTION, STAGING } from '../../support/ledger-book.ts';

const STEPS = ['promote', 'open', 'observed', 'healthy', 'failed', 'rollback', 'lock', 'release'] as const;
type Step = { do: (typeof STEPS)[number]; lane: Lane; version: number };

const steps = array(
  record({
    do: constantFrom(...STEPS),
    lane: constantFrom(PRODUCTION, STAGING),
    version: nat(3),
  }),
  { minLength: 2, maxLength: 12 },
);

function write(plan: readonly Step[]): LedgerBook {
  const book = new LedgerBook();
  const releases = ['1.0.0', '1.1.0', '1.2.0', '1.3.0'].map((version) => book.register(version));
  // So that there is something to alter.
  book.move(PRODUCTION, releases[0] as Release);
  for (const step of plan) carryOut(book, step, releases[step.version] as Release);
  return book;
}

function carryOut(book: LedgerBook, { do: what, lane }: Step, release: Release): void {
  const { state } = book.view(lane);
  if (what === 'promote') book.move(lane, release);
  else if (what === 'open') book.intend(lane, release);
  else if (what === 'rollback') book.rollBack(lane, release, 'it answers wrongly');
  else if (what === 'lock') book.append(lane, [{ kind: 'locked', id: book.id(), reason: 'audit' }]);
  else if (what === 'release')
    book.append(lane, [{ kind: 'released', id: book.id(), digest: release.digest, reason: 'repaired' }]);
  else if (currentTenure(state) !== undefined) book.look(lane, what);
}

function flipped(text: string, at: number): string {
  const place = at % text.length;
  const code = text.charCodeAt(place);
  const other = code === 0x31 ? 0x32 : 0x31;
  return text.slice(0, place) + String.fromCharCode(other) + text.slice(place + 1);
}

const ENTRY = /\/entries\//;

/** Alters some files; returns the paths that a person would want to hear of. `undefined` where it does not apply. */
type Alteration = (files: Map<string, string>, at: number) => readonly string[] | undefined;

function pick(files: Map<string, string>, pattern: RegExp, at: number): string | undefined {
  const paths = [...files.keys()].filter((path) => pattern.test(path));
  return paths[at % Math.max(1, paths.length)];
}

function flip(pattern: RegExp): Alteration {
  return (files, at) => {
    const path = pick(files, pattern, at);
    if (path === undefined) return undefined;
    files.set(path, flipped(files.get(path) ?? '', at >> 3));
    return [path];
  };
}

function after(files: Map<string, string>, path: string): string[] {
  const paths = [...files.keys()].filter((other) => ENTRY.test(other)).toSorted();
  const next = paths[paths.indexOf(path) + 1];
  return next === undefined ? [] : [next];
}

const stateOf = (path: string) => path.replace(/entries\/.*$/, 'state.json');

const ALTERATIONS: Record<string, Alteration> = {
  'a byte of an entry': flip(ENTRY),
  'a byte of a state': flip(/\/state\.json$/),
  'a byte of the quarantine': flip(/quarantine\.json$/),
  'a byte of evidence': flip(/^evidence\//),
  'a byte of a pointer': flip(/\/versions\//),
  'an entry that is dropped': (files, at) => {
    const path = pick(files, ENTRY, at);
    if (path === undefined) return undefined;
    const named = [...after(files, path), stateOf(path)];
    files.delete(path);
    return named;
  },
  'two entries that are exchanged': (files, at) => {
    const [one, other] = [pick(files, ENTRY, at), pick(files, ENTRY, at + 1)];
    if (one === undefined || other === undefined || one === other) return undefined;
    const text = files.get(one) ?? '';
    files.set(one, files.get(other) ?? '');
    files.set(other, text);
    return [one, other];
  },
  'an entry that is there twice': (files, at) => {
    const path = pick(files, ENTRY, at);
    if (path === undefined) return undefined;
    const copy = path.replace(/\d{6}-/, '000900-');
    files.set(copy, files.get(path) ?? '');
    return [copy];
  },
  'entries cut off at the end': (files, at) => {
    const path = pick(files, ENTRY, at);
    if (path === undefined) return undefined;
    const folder = stateOf(path).replace('state.json', 'entries/');
    for (const other of files.keys()) if (other.startsWith(folder) && other >= path) files.delete(other);
    return [stateOf(path)];
  },
  'a state that is gone': (files, at) => {
    const path = pick(files, /\/state\.json$/, at);
    if (path === undefined) return undefined;
    files.delete(path);
    return [path];
  },
  'evidence that is gone': (files, at) => {
    const path = pick(files, /^evidence\//, at);
    if (path === undefined) return undefined;
    files.delete(path);
    return [/([0-9a-f]{12})[0-9a-f]*\.json$/.exec(path)?.[1] ?? path];
  },
};

describe('verifyChain', () => {
  it('finds nothing in a ledger that nobody altered', async () => {
    await assert(
      asyncProperty(steps, async (plan) => {
        const files = await write(plan).files();
        expect(verifyChain(files).problems).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it.each(Object.entries(ALTERATIONS))('finds and names %s', async (_, alter) => {
    await assert(
      asyncProperty(steps, nat(1_000_000), async (plan, at) => {
        const files = await write(plan).files();
        const named = alter(files, at);
        if (named === undefined) return;
        const { problems } = verifyChain(files);
        const said = problems.map(({ path, message }) => `${path} ${message}`).join('\n');
        expect(problems.length).toBeGreaterThan(0);
        expect(
          named.some((path) => said.includes(path)),
          `${said}\nnames none of ${named.join(', ')}`,
        ).toBe(true);
      }),
      { numRuns: 120 },
    );
  });

  it('counts what is there', async () => {
    const files = await write([]).files();
    expect(verifyChain(files)).toEqual({
      lanes: [{ lane: PRODUCTION, entries: 2, sound: true }],
      releases: 4,
      evidence: 4,
      problems: [],
    });
  });

  it.each<[string, RegExp, boolean]>([
    ['an entry', ENTRY, false],
    ['its state', /production\/state\.json$/, false],
    ['the quarantine', /quarantine\.json$/, false],
    ['evidence', /^evidence\//, true],
    ['a pointer', /\/versions\//, true],
  ])('says whether a rollback can go by the lane: %s altered', async (_, pattern, sound) => {
    const book = write([{ do: 'promote', lane: PRODUCTION, version: 1 }]);
    book.rollBack(PRODUCTION, book.view(PRODUCTION).state.tenures[0]?.release as Release, 'wrong');
    const files = await book.files();
    const path = pick(files, pattern, 0) ?? '';
    const { lanes, problems } = verifyChain(files.set(path, flipped(files.get(path) ?? '', 40)));
    expect(problems).not.toEqual([]);
    expect(lanes.map((lane) => lane.sound)).toEqual([sound]);
  });

  it('finds a reference to what is no verdict, and goes on', async () => {
    const book = new LedgerBook();
    const release = book.register('1.0.0');
    const files = await book.files();
    const text = 'no JSON at all';
    const path = pick(files, /\/digests\//, 0) ?? '';
    const old = release.evidence[0]?.digest ?? '';
    files.set(evidencePath(digestOf(text)), text);
    files.set(path, (files.get(path) ?? '').replace(old, digestOf(text)));
    expect(verifyChain(files).problems).toMatchObject([{ code: 'altered-release', path }]);
  });

  it('finds a verdict that a record describes better than it is', async () => {
    const book = new LedgerBook();
    book.register('1.0.0');
    const files = await book.files();
    const path = pick(files, /\/digests\//, 0) ?? '';
    files.set(path, (files.get(path) ?? '').replace('All 12 gates pass.', 'All 13 gates pass.'));
    expect(verifyChain(files).problems).toMatchObject([{ code: 'altered-release', path }]);
  });
});
