import { describe, expect, it } from 'vitest';
import { laneHistory } from '../../../../src/app/release/history.ts';
import { showLedger } from '../../../../src/app/release/show-ledger.ts';
import { laneAccount } from '../../../../src/app/release/why.ts';
import { accountPage } from '../../../../src/report/release/account-page.ts';
import { historyPage } from '../../../../src/report/release/history-page.ts';
import { lanePage } from '../../../../src/report/release/lane-page.ts';
import { entriesPage } from '../../../../src/report/release/ledger-page.ts';
import { LedgerBook, PRODUCTION } from '../../../support/ledger-book.ts';
import { samplePolicy } from '../../../support/model/world.ts';
import { bookPorts } from '../../../support/release-world.ts';

/** A promotion that ben approved. */
function approvedBook(): LedgerBook {
  const book = new LedgerBook();
  const release = book.register('1.7.0');
  const { digest, version } = release;
  const basis = { from: 'absent' as const, evidence: [] };
  const draft = { kind: 'approved' as const, id: book.id(), digest, version, basis, comment: '9' };
  book.append(PRODUCTION, [{ ...draft, reason: 'read the report' }], { by: 'ben' });
  const policy = samplePolicy({ deploy: { kind: 'none' }, approvals: 1 });
  book.move(PRODUCTION, release, { policy, approvedBy: [{ by: 'ben', comment: '9' }] });
  return book;
}

describe('who approved a promotion', () => {
  it('is in its history, beside the approval itself', async () => {
    const page = historyPage(await laneHistory(bookPorts(approvedBook()), PRODUCTION, 10));
    expect(page).toMatch(/promote +nothing → 1\.7\.0 .* ana\n.*serves, not proved yet · approved by ben\n/);
    expect(page).toMatch(/ 1 .* approve +1\.7\.0 +ben\n +“read the report”\n/);
  });

  it('is what why says', async () => {
    const page = accountPage(await laneAccount(bookPorts(approvedBook()), PRODUCTION));
    expect(page).toMatch(/approved by +ben \(comment 9\)/);
  });

  it('is among the entries', async () => {
    const { ledger } = bookPorts(approvedBook());
    const page = entriesPage(await showLedger(ledger, PRODUCTION, { seq: undefined, limit: 10 }));
    expect(page).toMatch(/ 1 .*approved: 1\.7\.0/);
  });
});

describe('a plan', () => {
  it.each([
    ['deploy.yml', undefined, /deploy +workflow deploy\.yml\n/],
    ['deploy.yml', 'main', /deploy +workflow deploy\.yml at main\n/],
  ])('names a deployment by workflow: %s at %s', (workflow, ref, expected) => {
    const book = new LedgerBook();
    const release = book.register('1.7.0');
    const deploy = {
      kind: 'workflow',
      workflow,
      timeoutMs: 1,
      ...(ref === undefined ? {} : { ref }),
    } as const;
    const approvedBy = [{ by: 'ben' }, { by: 'cy' }];
    const policy = samplePolicy({ deploy });
    const plan = { kind: 'operate', action: 'promote', from: 'absent', release, policy, approvedBy } as const;
    const shared = { schema: 1, command: 'promote', lane: PRODUCTION, message: 'Would promote.' } as const;
    const page = lanePage({ ...shared, outcome: 'planned', plan });
    expect(page).toMatch(expected);
    expect(page).toMatch(/approved by +ben, cy\n/);
  });
});
