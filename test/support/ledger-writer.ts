import { createInterface } from 'node:readline';
import { createGitLedger } from '../../src/adapters/git/ledger/create-git-ledger.ts';
import type { Head, LedgerStore } from '../../src/core/ledger-store.ts';

/**
 * A process of its own that appends to a ledger. usage: ledger-writer FOLDER REMOTE|- WHO
 * `read` on standard input reads the ledger, `append` appends to what was read; `loop` does both without end.
 */
const [folder = '', remote = '-', who = ''] = process.argv.slice(2);
const ledger = createGitLedger({
  folder,
  now: () => new Date('2026-01-02T03:04:05Z'),
  ...(remote !== '-' && { remote }),
});
let parent: Head | undefined;
let count = 0;

createInterface({ input: process.stdin }).on('line', (line) => void work(line));

async function work(line: string): Promise<void> {
  try {
    if (line === 'read') say(await look(ledger));
    else if (line === 'append') say(await write(ledger));
    else for (;;) if ((await look(ledger)) !== undefined) say(await write(ledger));
  } catch (error) {
    say(`error ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function look(ledger: LedgerStore): Promise<string> {
  const view = await ledger.read(['state.json']);
  parent = view.head;
  count = Number(view.files['state.json'] ?? 0);
  return 'ready';
}

async function write(ledger: LedgerStore): Promise<string> {
  const next = count + 1;
  const files = { [`entries/${Math.floor(next / 10)}/${next}`]: who, 'state.json': String(next) };
  const appended = await ledger.append({ parent, files, message: `${next} by ${who}` });
  return appended.kind === 'lost' ? 'lost' : `appended ${appended.head}`;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
