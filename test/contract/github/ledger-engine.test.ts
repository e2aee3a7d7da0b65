import { describe, expect, it } from 'vitest';
import { appendEntries } from '../../../src/app/release/append-entries.ts';
import { loadView } from '../../../src/app/release/load-lane.ts';
import { entryPath, laneFolder } from '../../../src/ledger/paths.ts';
import type { Trouble } from '../../support/github/fault.ts';
import { TROUBLES } from '../../support/github/fault.ts';
import { A, LANE, STAGING, intentOf } from '../../support/lane-story.ts';
import { ReleaseDesk } from '../../support/release-desk.ts';
import { clientDesk } from './client-desk.ts';
import { BRANCH, ledgerOf } from './ledger-desk.ts';

/** The engine's ports on a ledger on GitHub; `begin` has it made before. */
async function engine({ begin }: { begin: boolean }) {
  const desk = await clientDesk();
  const ledger = ledgerOf(desk);
  const ports = new ReleaseDesk().ports('ana', ledger);
  if (begin) {
    const other = await loadView(ledger, STAGING);
    await appendEntries(ports, other, { drafts: [{ kind: 'locked', id: 'lock', reason: 'audit' }] });
  }
  desk.github.requests.length = 0;
  return { ...desk, ports, view: await loadView(ledger, LANE) };
}

describe('the engine on a ledger on GitHub', () => {
  it.each<[string, boolean, Trouble, number]>([
    ['a lost reply', true, 'lost-reply', 1],
    ['a cut connection', true, 'reset', 1],
    ['a server in trouble, twice', true, TROUBLES.badGateway, 2],
    ['a timeout of GraphQL', true, TROUBLES.graphqlTimeout, 1],
    ['a limit', true, TROUBLES.tooMany, 1],
    ['a lost reply at the very first', false, 'lost-reply', 1],
    ['a server in trouble at the very first', false, TROUBLES.unavailable, 1],
  ])('writes an intent once after %s', async (...[, begin, trouble, times]) => {
    const { ports, view, github } = await engine({ begin });
    let left: number = times;
    github.fault(({ graphql, path }) => {
      const isWrite = graphql?.operationName === 'appendToLedger' || path.endsWith('/git/refs');
      return isWrite && left-- > 0 ? trouble : undefined;
    });
    const appended = await appendEntries(ports, view, { drafts: [intentOf('ours', A)] });
    expect(appended.kind).toBe('appended');
    const entries = Object.keys(github.files(BRANCH)).filter((path) =>
      path.startsWith(`${laneFolder(LANE)}/entries/`),
    );
    expect(entries).toEqual([entryPath(LANE, 1, 'intent')]);
    expect(github.head(BRANCH)).toBe(appended.view.head);
  });

  it('gives up where it cannot tell, and another lane in between is no change', async () => {
    const { ports, view, github } = await engine({ begin: true });
    const other = await loadView(ports.ledger, STAGING);
    await appendEntries(ports, other, { drafts: [{ kind: 'unlocked', id: 'unlock' }] });
    const appended = await appendEntries(ports, view, { drafts: [intentOf('ours', A)] });
    expect(appended.kind).toBe('appended');
    github.fault(({ graphql }) =>
      graphql?.operationName === 'appendToLedger' ? TROUBLES.unavailable : undefined,
    );
    const drafts = [{ kind: 'moved', id: 'moved', operation: 'ours', digest: A.digest } as const];
    await expect(appendEntries(ports, appended.view, { drafts })).rejects.toMatchObject({ status: 503 });
  });
});
