import { describe, expect, it } from 'vitest';
import { findReleases, releasesByName } from '../../../../src/app/shadow/find-releases.ts';
import { LedgerBook } from '../../../support/ledger-book.ts';
import { memoryLedger } from '../../../support/memory-ledger.ts';

function book(): LedgerBook {
  const ledger = new LedgerBook();
  ledger.register('1.0.0');
  ledger.register('2.0.0');
  return ledger;
}

describe('releases by name alone', () => {
  it('are the log’s own words', () => {
    expect(releasesByName({ model: 'bank', champion: 'a', challenger: 'b' }).releases).toEqual({
      champion: { name: 'a', version: 'a', names: ['a'] },
      challenger: { name: 'b', version: 'b', names: ['b'] },
    });
    expect(releasesByName({ model: 'bank' })).toEqual({ looksBefore: 0 });
  });

  it.each([
    [{ champion: 'a' }, /--challenger is missing/],
    [{ challenger: 'b' }, /--champion is missing/],
    [{ champion: 'a', challenger: 'a' }, /both name "a": there is nothing to compare/],
  ])('are refused: %o', (names, message) => {
    expect(() => releasesByName({ model: 'bank', ...names })).toThrow(message);
  });
});

describe('releases of a ledger', () => {
  it('have every name that a log may give them, and the promise of the gate', async () => {
    const found = await findReleases(book().ledger, {
      model: 'bank',
      champion: '1.0.0',
      challenger: '2.0.0',
    });
    const { champion, challenger } = found.releases ?? {};
    expect([champion?.name, challenger?.name]).toEqual(['1.0.0', '2.0.0']);
    expect(challenger?.names).toEqual(
      expect.arrayContaining([
        '2.0.0',
        challenger?.digest,
        challenger?.digest?.slice(7),
        challenger?.digest?.slice(7, 19),
      ]),
    );
    expect(champion?.names).not.toContain('2.0.0');
    expect(JSON.parse(found.promised?.text ?? '{}')).toMatchObject({ kind: 'gate', version: '2.0.0' });
  });

  it('take the newest one for the challenger', async () => {
    const found = await findReleases(book().ledger, { model: 'bank', champion: '1.0.0' });
    expect(found.releases?.challenger.name).toBe('2.0.0');
  });

  it('are none where nobody names any and no environment says who serves', async () => {
    expect(await findReleases(book().ledger, { model: 'bank' })).toEqual({ looksBefore: 0 });
  });

  it('are names alone where the ledger has no release of the model', async () => {
    const found = await findReleases(memoryLedger(), { model: 'bank', champion: 'a', challenger: 'b' });
    expect(found.releases?.champion).toEqual({ name: 'a', version: 'a', names: ['a'] });
  });

  it.each([
    [{ challenger: '2.0.0' }, /Which release is the champion\?.*--champion RELEASE/],
    [{ champion: '2.0.0' }, /registered last, 2\.0\.0, is the champion itself/],
    [{ champion: '1.0.0', challenger: '1.0.0' }, /The challenger, 1\.0\.0, is the champion itself/],
    [{ champion: '9.0.0' }, /9\.0\.0/],
    [{ environment: 'production' }, /Nothing was promoted to bank\/production yet/],
  ])('are refused: %o', async (wish, message) => {
    await expect(findReleases(book().ledger, { model: 'bank', ...wish })).rejects.toThrow(message);
  });
});
