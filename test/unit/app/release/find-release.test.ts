import { describe, expect, it } from 'vitest';
import { defaultRelease } from '../../../../src/app/release/default-release.ts';
import { findRelease, newestRelease, releaseOf } from '../../../../src/app/release/find-release.ts';
import { digestOf } from '../../../../src/core/digest.ts';
import type { LedgerStore } from '../../../../src/core/ledger-store.ts';
import type { Release } from '../../../../src/core/release.ts';
import { writePointer } from '../../../../src/ledger/document.ts';
import { newestPath } from '../../../../src/ledger/paths.ts';
import { releaseFiles } from '../../../../src/ledger/release-files.ts';
import { memoryLedger } from '../../../support/memory-ledger.ts';
import { A, LANE, samplePolicy, sampleRelease, STAGING } from '../../../support/lane-story.ts';
import { promoteAt } from '../../../support/release-orders.ts';
import { ReleaseDesk } from '../../../support/release-desk.ts';

const SHA = 'abcdef0123456789abcdef0123456789abcdef01';
const ONE = { ...sampleRelease('1.8.0'), sha: SHA };
const TWO = { ...sampleRelease('1.9.0'), sha: `abcdef0${'9'.repeat(33)}` };
/** A version that looks like the beginning of a commit. */
const ODD = sampleRelease('abcdef0');

function ledgerWith(...releases: Release[]): LedgerStore {
  const ledger = memoryLedger();
  for (const release of releases) {
    const files = { ...releaseFiles(release), [newestPath('bank')]: writePointer(release.digest) };
    ledger.appendNow({ parent: ledger.head(), files, message: 'register' });
  }
  return ledger;
}

describe('findRelease', () => {
  it.each([
    ['a version', '1.8.0'],
    ['a version of the model', 'bank@1.8.0'],
    ['a commit', SHA],
    ['the beginning of a commit', 'abcdef01'],
    ['seven digits of a commit, and one only fits', SHA.slice(0, 8)],
    ['a digest', ONE.digest],
    ['twelve digits of a digest', ONE.digest.slice(7, 19)],
    ['the beginning of a digest with its name', ONE.digest.slice(0, 19)],
    ['the beginning of a digest of the model', `bank@${ONE.digest.slice(7, 20)}`],
  ])('by %s', async (_, text) => {
    expect(await findRelease(ledgerWith(ONE, TWO), 'bank', text)).toEqual(ONE);
  });

  it('a version wins over a prefix', async () => {
    expect(await findRelease(ledgerWith(ONE, TWO, ODD), 'bank', 'abcdef0')).toEqual(ODD);
  });

  it('an ambiguous prefix lists what it could be', async () => {
    await expect(findRelease(ledgerWith(ONE, TWO), 'bank', 'abcdef0')).rejects.toMatchObject({
      code: 'input',
      message: expect.stringMatching(
        /beginning of 2 releases of bank: 1\.[89]\.0 .*, 1\.[89]\.0 .*\. Write more of it\./,
      ),
    });
  });

  it.each([
    ['an unknown version', '2.0.0'],
    ['too few digits of a commit', 'abcdef'],
    ['too few digits of a digest', ONE.digest.slice(7, 18)],
    ['another model’s', 'bike@1.8.0'],
    ['upper case', SHA.toUpperCase()],
    ['a path', '../quarantine'],
    ['nothing', ''],
  ])('%s is an error that says what there is', async (_, text) => {
    await expect(findRelease(ledgerWith(ONE, TWO), 'bank', text)).rejects.toMatchObject({
      code: 'input',
      message: expect.stringContaining('registered: 1.8.0, 1.9.0'),
    });
  });

  it('an empty ledger says that none is registered', async () => {
    await expect(findRelease(memoryLedger(), 'bank', '1.8.0')).rejects.toThrow(
      /of bank: none is registered\. .*known-good register/,
    );
  });

  it('a pointer to a record that is gone is no silence', async () => {
    const files = { 'releases/bank/versions/1.8.0.json': writePointer(ONE.digest) };
    const ledger = memoryLedger();
    ledger.appendNow({ parent: undefined, files, message: 'torn' });
    await expect(findRelease(ledger, 'bank', '1.8.0')).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('known-good ledger verify'),
    });
  });

  it('what was registered last, and what was never registered', async () => {
    expect(await newestRelease(ledgerWith(ONE, TWO), 'bank')).toEqual(TWO);
    expect(await newestRelease(memoryLedger(), 'bank')).toBeUndefined();
    expect(await releaseOf(ledgerWith(ONE), 'bank', TWO.digest)).toBeUndefined();
  });
});

describe('defaultRelease', () => {
  const after = samplePolicy({ after: 'staging' });

  it('in the first environment: what was registered last', async () => {
    expect(await defaultRelease(ledgerWith(ONE, TWO), LANE, samplePolicy())).toEqual(TWO);
  });

  it('after another: what serves there, whatever was registered since', async () => {
    const desk = new ReleaseDesk();
    desk.registry.has(A);
    await promoteAt(desk, A, { lane: STAGING, policy: samplePolicy({ tag: 'staging' }) });
    expect(await defaultRelease(desk.ledger, LANE, after)).toEqual(A);
  });

  it('after another: with the evidence of its record, for this environment and registered since', async () => {
    const desk = new ReleaseDesk();
    desk.registry.has(A);
    await promoteAt(desk, A, { lane: STAGING, policy: samplePolicy({ tag: 'staging' }) });
    const verdict = {
      kind: 'gate',
      digest: digestOf('v'),
      outcome: 'pass',
      artifact: digestOf('a'),
    } as const;
    const judged = {
      ...A,
      evidence: [{ ...verdict, environment: 'production', createdAt: A.registeredAt }],
    };
    desk.ledger.appendNow({ parent: desk.ledger.head(), files: releaseFiles(judged), message: 'register' });
    expect((await defaultRelease(desk.ledger, LANE, after)).evidence).toHaveLength(1);
  });

  it.each([
    [
      'nothing is registered',
      samplePolicy(),
      /^No release of bank is registered yet: merge a model, or run the workflow .*\(release-on-merge\.yml; on a machine known-good register\)\.$/,
    ],
    [
      'nothing serves in the environment before',
      after,
      /Nothing is in bank\/staging yet, which comes before bank\/production\. .*known-good promote bank\/staging\./,
    ],
  ])('%s: an error that says what to do', async (_, policy, message) => {
    await expect(defaultRelease(memoryLedger(), LANE, policy)).rejects.toThrow(message);
  });
});
