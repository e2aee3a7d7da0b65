import { beforeAll, describe, expect, it } from 'vitest';
import { laneHistory } from '../../../../src/app/release/history.ts';
import { laneStatuses } from '../../../../src/app/release/status.ts';
import { verifyLedger } from '../../../../src/app/release/verify-ledger.ts';
import { showLedger } from '../../../../src/app/release/show-ledger.ts';
import { laneAccount } from '../../../../src/app/release/why.ts';
import type { Release } from '../../../../src/core/release.ts';
import { accountPage } from '../../../../src/report/release/account-page.ts';
import { changePage } from '../../../../src/report/release/change-page.ts';
import { historyPage } from '../../../../src/report/release/history-page.ts';
import { entriesPage, ledgerCheckPage } from '../../../../src/report/release/ledger-page.ts';
import { statusPage } from '../../../../src/report/release/status-page.ts';
import { expectGoldenText } from '../../../support/golden-text.ts';
import { LedgerBook, PRODUCTION, STAGING } from '../../../support/ledger-book.ts';
import { bookPorts } from '../../../support/release-world.ts';
import { sampleRelease } from '../../../support/model/world.ts';

const lane = (environment: string) => ({ model: 'bank', environment });
const book = new LedgerBook();
const ledger = 'branch known-good-ledger of origin';
let first: Release;
let second: Release;

beforeAll(() => {
  first = book.register('1.7.0');
  second = book.register('1.8.0');
  book.move(PRODUCTION, first);
  book.prove(PRODUCTION);
  book.append(PRODUCTION, [{ kind: 'locked', id: book.id(), reason: 'audit week' }], { by: 'ben' });
  book.append(PRODUCTION, [{ kind: 'unlocked', id: book.id() }], { by: 'ben', minutes: 300 });
  book.move(PRODUCTION, second, { reason: 'better on young customers', acceptedHold: true });
  book.look(PRODUCTION, 'observed');
  book.look(PRODUCTION, 'failed', 31);
  book.rollBack(PRODUCTION, first, 'answers 500 since the second hour');
  book.look(PRODUCTION, 'observed', 2);
  book.move(STAGING, second);
  book.append(STAGING, [{ kind: 'locked', id: book.id(), reason: 'load test until noon' }], { by: 'eve' });
  const operation = book.intend(lane('canary'), second);
  book.append(lane('canary'), [
    { kind: 'aborted', id: book.id(), operation, message: 'ana is gone; the tag had not moved.' },
  ]);
});

describe('the pages of what is asked', () => {
  it('status', async () => {
    const wishes = [PRODUCTION, STAGING, lane('canary')].map((each) => ({ lane: each, policy: undefined }));
    const ports = bookPorts(book, { tag: first.digest });
    expectGoldenText(statusPage(await laneStatuses(ports, wishes), { ledger }), 'status');
  });

  it('status where the registry does not answer', async () => {
    const ports = bookPorts(book, { fails: new Error('connection refused by 127.0.0.1:5000') });
    const statuses = await laneStatuses(ports, [{ lane: PRODUCTION, policy: undefined }]);
    expectGoldenText(statusPage(statuses, { ledger }), 'status-unreadable');
  });

  it('status of a lane that is whole and proved', async () => {
    const whole = new LedgerBook();
    const release = whole.register('2.0.0');
    whole.move(PRODUCTION, release);
    whole.prove(PRODUCTION);
    const statuses = await laneStatuses(bookPorts(whole, { tag: release.digest }), [
      { lane: PRODUCTION, policy: undefined },
    ]);
    expectGoldenText(statusPage(statuses, { ledger }), 'status-healthy');
  });

  it('history', async () => {
    const history = await laneHistory(bookPorts(book), PRODUCTION, 20);
    expectGoldenText(historyPage(history), 'history');
    const lines = historyPage(history).split('\n');
    expect(lines.filter((line) => Array.from(line).length > 80)).toEqual([]);
  });

  it('history of few rows says that there are more', async () => {
    const history = await laneHistory(bookPorts(book), PRODUCTION, 2);
    expect(history.rows.map(({ seq }) => seq)).toEqual([13, 9]);
    expect(historyPage(history)).toContain('history bank/production --limit 8');
  });

  it('history of what moved nothing', async () => {
    expectGoldenText(historyPage(await laneHistory(bookPorts(book), lane('canary'), 20)), 'history-aborted');
  });

  it('why', async () => {
    expectGoldenText(accountPage(await laneAccount(bookPorts(book), PRODUCTION)), 'why');
  });

  it('why of an empty lane', async () => {
    expect(accountPage(await laneAccount(bookPorts(book), lane('nowhere')))).toBe(
      'bank/nowhere serves nothing that Known Good moved.\n',
    );
  });

  it('ledger show and verify', async () => {
    const shown = await showLedger(book.ledger, PRODUCTION, { seq: undefined, limit: 4 });
    expectGoldenText(entriesPage(shown), 'ledger-show');
    expectGoldenText(ledgerCheckPage(await verifyLedger(book.ledger, undefined)), 'ledger-whole');
    const cut = await verifyLedger(book.ledger, 'ab'.repeat(20));
    expectGoldenText(ledgerCheckPage(cut), 'ledger-rewritten');
  });
});

describe('changePage', () => {
  it('shows a registration with what should be known', () => {
    const page = changePage({
      schema: 1,
      command: 'register',
      outcome: 'done',
      message: 'bank 1.8.0 (sha256:0123456789ab) is registered with 1 verdict (gate: pass).',
      notes: [
        'verdict.json was made on a pull request (refs/pull/7/merge): it is kept, and counts for nothing.',
      ],
      release: { ...sampleRelease('1.8.0'), sha: 'a'.repeat(40), artifact: sampleRelease('x').digest },
      next: 'promote bank/staging 1.8.0',
      head: '9f3c1e0a7b52d4c68e1f00aa11bb22cc33dd44ee',
    });
    expectGoldenText(page, 'registered');
  });

  it('shows a refusal', () => {
    const message = 'bank/production is locked already, by ana since 2026-03-02T07:00:00.000Z: audit';
    const reasons = [{ code: 'locked' as const, message, settle: 'unlock bank/production' }];
    const result = { schema: 1, command: 'lock', outcome: 'refused', message, reasons } as const;
    expectGoldenText(changePage(result), 'lock-refused');
  });
});
