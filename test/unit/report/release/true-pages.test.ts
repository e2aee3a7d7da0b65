import { describe, expect, it } from 'vitest';
import { verifyLedger } from '../../../../src/app/release/verify-ledger.ts';
import { laneAccount } from '../../../../src/app/release/why.ts';
import type { ConfigOrigin } from '../../../../src/core/config-origin.ts';
import { digestOf } from '../../../../src/core/digest.ts';
import { evidencePath, quarantinePath, statePath } from '../../../../src/ledger/paths.ts';
import type { LaneResult } from '../../../../src/promotion/lane-result.ts';
import { accountPage } from '../../../../src/report/release/account-page.ts';
import { changeLine, changePage } from '../../../../src/report/release/change-page.ts';
import { lanePage } from '../../../../src/report/release/lane-page.ts';
import { ledgerCheckPage } from '../../../../src/report/release/ledger-page.ts';
import { expectGoldenText } from '../../../support/golden-text.ts';
import { LedgerBook, PRODUCTION, STAGING } from '../../../support/ledger-book.ts';
import { A, B, LANE, samplePolicy } from '../../../support/lane-story.ts';
import { deskWith, promoteAt, rollbackAt } from '../../../support/release-orders.ts';
import { bookPorts } from '../../../support/release-world.ts';

const commit = '1a2b3c4d'.repeat(5);
const config = { digest: digestOf('config'), commit, state: 'committed' } as const;
const policy = samplePolicy({ onFailure: 'rollback' });
const unbroken = (page: string) => page.replace(/\s+/g, ' ');

describe('the page of a promotion that a failed look rolled back', () => {
  async function failing(isGone: boolean): Promise<LaneResult> {
    const at = await deskWith([A]);
    at.registry.has(B);
    at.answers.set('2.0.0', ['bad', 'bad']);
    if (isGone) at.registry.gone.set(A.digest, [{ what: 'layer', digest: digestOf('layer') }]);
    return promoteAt(at, B, { policy, config });
  }

  it('names what failed and what was restored', async () => {
    expectGoldenText(lanePage(await failing(false)), 'failed-restored');
  });

  it('names what failed, and why nothing could be restored', async () => {
    const page = lanePage(await failing(true));
    expect(page).not.toContain('Nothing was changed');
    expectGoldenText(page, 'failed-stuck');
  });
});

describe('the page of what was moved says by which config', () => {
  it.each<[string, ConfigOrigin, RegExp]>([
    ['committed', config, /decided by the config of 1a2b3c4/],
    [
      'changed',
      { ...config, state: 'changed' },
      /a config that is not committed \(sha256:\w{12}, changed since/,
    ],
    ['in no repository', { digest: config.digest, state: 'outside' }, /a config that is in no repository/],
  ])('%s', async (_, origin, expected) => {
    const at = await deskWith([A]);
    at.registry.has(B);
    const page = unbroken(lanePage(await promoteAt(at, B, { config: origin })));
    expect(page).toMatch(expected);
    expect(unbroken(accountPage(await laneAccount(at.ports(), LANE)))).toMatch(expected);
  });

  it('or by the policy of the ledger, which a rollback goes by', async () => {
    const page = lanePage(await rollbackAt(await deskWith([A, B])));
    expect(page).toContain('decided by  the policy that the ledger holds');
  });
});

describe('why, of what was adopted', () => {
  it.each([
    ['before the ledger had a release', false, /until then the ledger had no release here/],
    ['where the ledger had another', true, /until then the ledger said 1\.7\.0 \(sha256:\w{12}\)/],
  ])('says that nothing was replaced, %s', async (_, hasBefore, expected) => {
    const book = new LedgerBook();
    const [old, found] = [book.register('1.7.0'), book.register('1.8.0')];
    if (hasBefore) book.move(PRODUCTION, old);
    book.move(PRODUCTION, found, { action: 'adopt', from: found.digest, reason: 'in service' });
    const page = unbroken(accountPage(await laneAccount(bookPorts(book), PRODUCTION)));
    expect(page).toMatch(/replaced nothing: the tag pointed at it already/);
    expect(page).toMatch(expected);
    expect(page).not.toContain('itself');
  });
});

describe('ledger verify says of a rollback only what is true', () => {
  async function altered(path: (book: LedgerBook) => string): Promise<string> {
    const book = new LedgerBook();
    const release = book.register('1.7.0');
    book.move(PRODUCTION, release);
    book.rollBack(PRODUCTION, book.register('1.8.0'), 'wrong');
    book.move(STAGING, release);
    const files = { [path(book)]: '{}' };
    book.ledger.appendNow({ parent: book.ledger.head(), files, message: 'tampering' });
    return ledgerCheckPage(await verifyLedger(book.ledger, undefined));
  }

  it('a state was altered', async () => {
    expectGoldenText(await altered(() => statePath(PRODUCTION)), 'ledger-altered');
  });

  it('the quarantine was altered: no lane of the model can go by it', async () => {
    const page = unbroken(await altered(() => quarantinePath('bank')));
    expect(page).toContain('no longer prove for bank/production, bank/staging. Look where');
    expect(page).toContain('→ known-good rollback bank/production --dry-run');
  });

  it('a verdict was altered: a rollback goes by none of that', async () => {
    const page = await altered((book) => {
      const [ref] = book.view(PRODUCTION).state.tenures[0]?.release.evidence ?? [];
      return evidencePath(ref?.digest ?? digestOf(''));
    });
    expect(unbroken(page)).toContain('these are what the entries add up to. It passes over releases');
    expect(page).not.toContain('--dry-run');
  });

  it('the branch is gone', async () => {
    const page = ledgerCheckPage(await verifyLedger(new LedgerBook().ledger, commit));
    expect(page).toContain('has nothing to go by now');
  });
});

describe('a registration that is refused after its artifact was pushed', () => {
  const message = 'small 1.0.0 is sha256:0123456789ab already.';
  const refused = { schema: 1, command: 'register', outcome: 'refused', message } as const;
  const reasons = [{ code: 'version-taken', message }] as const;
  const packaged = { image: 'ghcr.io/acme/small', digest: A.digest, artifact: B.digest, tag: 'artifact-1' };

  it('says what was pushed', () => {
    const page = changePage({ ...refused, reasons, packaged });
    expect(page).not.toContain('Nothing was changed');
    expect(unbroken(page)).toContain('The artifact is in the registry, and no release was registered.');
    expect(page).toContain('ghcr.io/acme/small:artifact-1');
    expect(changeLine({ ...refused, reasons })).toContain(message);
  });
});
