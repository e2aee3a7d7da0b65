import { beforeAll, describe, expect, it } from 'vitest';
import { laneHistory } from '../../../../src/app/release/history.ts';
import { laneStatuses } from '../../../../src/app/release/status.ts';
import { laneAccount } from '../../../../src/app/release/why.ts';
import { helpOf } from '../../../../src/commands/help.ts';
import type { Release } from '../../../../src/core/release.ts';
import { helpReply } from '../../../../src/report/bot/help-reply.ts';
import { historyReply } from '../../../../src/report/bot/history-reply.ts';
import { laneReply } from '../../../../src/report/bot/lane-reply.ts';
import { statusReply } from '../../../../src/report/bot/status-reply.ts';
import { whyReply } from '../../../../src/report/bot/why-reply.ts';
import { expectGoldenMarkdown } from '../../../support/golden-markdown.ts';
import { LedgerBook, PRODUCTION, STAGING } from '../../../support/ledger-book.ts';
import { bookPorts } from '../../../support/release-world.ts';
import { sampleReply } from '../../../support/sample-bot-replies.ts';
import { SAMPLE_CONTEXT } from '../../../support/sample-bot-results.ts';

const book = new LedgerBook();
let first: Release;

beforeAll(() => {
  first = book.register('1.7.0');
  const second = book.register('1.8.0');
  book.move(PRODUCTION, first);
  book.prove(PRODUCTION);
  book.move(PRODUCTION, second, { reason: 'better on young customers', acceptedHold: true });
  book.look(PRODUCTION, 'failed', 31);
  book.rollBack(PRODUCTION, first, 'answers 500 since the second hour');
  book.look(PRODUCTION, 'observed', 2);
  book.move(STAGING, second);
  book.append(STAGING, [{ kind: 'locked', id: book.id(), reason: 'load test until noon' }], { by: 'eve' });
});

describe('the replies of what is asked', () => {
  it('status', async () => {
    const wishes = [PRODUCTION, STAGING].map((lane) => ({ lane, policy: undefined }));
    const statuses = await laneStatuses(bookPorts(book, { tag: first.digest }), wishes);
    expectGoldenMarkdown(
      sampleReply(statusReply(statuses, { ...SAMPLE_CONTEXT, command: '/status' })),
      'status',
    );
  });

  it('status of nothing', () => {
    const reply = sampleReply(statusReply([], { ...SAMPLE_CONTEXT, command: '/status' }));
    expect(reply).toContain('## ◐ STATUS — there is no lane yet');
  });

  it('history', async () => {
    const history = await laneHistory(bookPorts(book), PRODUCTION, 20);
    const context = { ...SAMPLE_CONTEXT, command: '/history bank/production' };
    expectGoldenMarkdown(sampleReply(historyReply(history, context)), 'history');
  });

  it('history of nothing', () => {
    const reply = sampleReply(historyReply({ lane: PRODUCTION, rows: [], more: false }, SAMPLE_CONTEXT));
    expect(reply).toContain('nothing has happened in bank/production yet');
  });

  it('why', async () => {
    const account = await laneAccount(bookPorts(book), PRODUCTION);
    expectGoldenMarkdown(
      sampleReply(whyReply(account, { ...SAMPLE_CONTEXT, command: '/why bank/production' })),
      'why',
    );
  });

  it('help', () => {
    expectGoldenMarkdown(sampleReply(helpReply(helpOf(), { ...SAMPLE_CONTEXT, command: '/help' })), 'help');
  });
});

describe('foreign text', () => {
  const nasty =
    '@acme/team #1 GH-2 acme/models#3 1a2b3c4d5e <b>x</b> <!-- --> | `code` ``` [a](https://evil.example) ![](http://t.example/p.png) $x$ :boom: ::set-output name=a::b\n::error::x \u202eevil\u0007';
  const release: Release = {
    ...book.register('9.9.9'),
    version: nasty,
    image: `ghcr.io/${nasty}`,
    evidence: [],
  };
  const context = {
    ...SAMPLE_CONTEXT,
    command: `/promote ${nasty}`,
    by: nasty,
    run: `javascript:${nasty}`,
    notes: [nasty],
    before: { ...release, sha: nasty, digest: release.digest },
    mayGive: { approve: nasty },
  };
  const lane = { model: nasty, environment: nasty };
  const result = {
    schema: 1,
    command: 'promote',
    lane,
    outcome: 'moved-not-proved',
    message: nasty,
    from: release.digest,
    fromVersion: nasty,
    release: { ...release, sha: nasty },
    leaves: { digest: release.digest, version: nasty },
    passedOver: [{ release, rejected: { rule: 'quarantined', message: nasty } }],
    look: { outcome: 'inconclusive', message: nasty },
    undo: `rollback ${nasty}`,
    head: nasty,
    seq: 1,
  } as const;

  it('does nothing, wherever it stands', () => {
    const outlook = {
      lane,
      release: { ...release, sha: nasty },
      live: { ...release, sha: `${nasty}2` },
      evidence: [],
    };
    const reply = sampleReply(laneReply(result, context, outlook));
    expectGoldenMarkdown(reply, 'hostile');
    const inert = reply
      .replace(/^<!-- known-good.*-->$/m, '')
      .replace(/````text[\s\S]*?````|<summary>.*<\/summary>/g, '')
      .replace(/\\`/g, '')
      .replace(/<code>[^<]*<\/code>|`[^`\n]*`/g, '');
    expect(inert).not.toMatch(/@acme|(?<![&\w])#\d|<b>|<!--|https?:|javascript/);
    expect(reply).not.toContain('\u202e');
    expect(reply).not.toContain('\u0007');
  });

  it('however long it is, the reply stays below the limit of a comment', () => {
    const reasons = Array.from({ length: 500 }, () => ({ code: 'busy' as const, message: 'x'.repeat(1000) }));
    const reply = sampleReply(laneReply({ ...result, outcome: 'refused', reasons }, SAMPLE_CONTEXT));
    expect(new TextEncoder().encode(reply).length).toBeLessThanOrEqual(60_000);
    expect(reply).toContain('## ✖ REFUSED');
  });
});
