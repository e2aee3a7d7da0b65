import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { createGitLedger } from '../../src/adapters/git/ledger/create-git-ledger.ts';
import { memoryLedger } from '../support/memory-ledger.ts';
import { temporaryFolder, testRepository } from '../support/ledger-repository.ts';
import { ledgerStoreContract } from './ledger-store-contract.ts';

const now = () => new Date('2026-01-02T03:04:05Z');

ledgerStoreContract('memory', async () => {
  const ledger = memoryLedger();
  return { ours: ledger, theirs: ledger };
});

ledgerStoreContract('a local repository', async () => {
  const { root } = testRepository();
  return { ours: createGitLedger({ folder: root, now }), theirs: createGitLedger({ folder: root, now }) };
});

ledgerStoreContract('a bare repository with SHA-256', async () => {
  const { root } = testRepository('--bare', '--object-format=sha256');
  return { ours: createGitLedger({ folder: root, now }), theirs: createGitLedger({ folder: root, now }) };
});

ledgerStoreContract('a subfolder and a linked work tree', async () => {
  const { root, git } = testRepository();
  git('commit', '-q', '--allow-empty', '-m', 'c');
  const linked = join(temporaryFolder(), 'linked');
  git('worktree', 'add', '-q', linked);
  const inside = join(root, 'some', 'folder');
  mkdirSync(inside, { recursive: true });
  return { ours: createGitLedger({ folder: inside, now }), theirs: createGitLedger({ folder: linked, now }) };
});

ledgerStoreContract('a remote by its name and by its path', async () => {
  const remote = testRepository('--bare');
  const [one, other] = [testRepository(), testRepository('--bare')];
  one.git('remote', 'add', 'origin', remote.root);
  return {
    ours: createGitLedger({ folder: one.root, remote: 'origin', now }),
    theirs: createGitLedger({ folder: other.root, remote: remote.root, now }),
  };
});

ledgerStoreContract('one clone used by two at once', async () => {
  const remote = testRepository('--bare');
  const { root } = testRepository();
  const url = `file://${remote.root}`;
  return {
    ours: createGitLedger({ folder: root, remote: url, now }),
    theirs: createGitLedger({ folder: root, remote: url, now }),
  };
});
