import { describe, expect, it } from 'vitest';
import { loadArtifactFacts } from '../../../../src/app/release/load-golden-answer.ts';
import { register, type RegisterOrder, type RegisterPorts } from '../../../../src/app/release/register.ts';
import { digestOf } from '../../../../src/core/digest.ts';
import type { LedgerCommit } from '../../../../src/core/ledger-store.ts';
import { planModelPack } from '../../../../src/core/model-pack.ts';
import type { Registry } from '../../../../src/core/registry.ts';
import { verifyChain } from '../../../../src/ledger/verify-chain.ts';
import { LedgerBook, sampleVerdict } from '../../../support/ledger-book.ts';
import { memoryFiles } from '../../../support/memory-ports.ts';
import { bookPorts } from '../../../support/release-world.ts';

const GOLDEN = '{"features":{"age":41,"job":"clerk"},"score":0.25}\n{"features":{"age":7},"score":1}\n';
const TEXTS: Record<string, string> = {
  'models/bank/model.onnx': 'bytes',
  'models/bank/golden.jsonl': GOLDEN,
};

async function place(texts = TEXTS): Promise<{
  book: LedgerBook;
  ports: RegisterPorts;
  order: RegisterOrder;
  commits: LedgerCommit[];
}> {
  const book = new LedgerBook();
  const pack = planModelPack(await memoryFiles(texts).listArtifact('models/bank'));
  const verdict = sampleVerdict('1.8.0', { artifact: { path: 'models/bank', digest: pack.artifact } });
  const files = memoryFiles({
    ...texts,
    'verdict.json': JSON.stringify(verdict),
    'not.json': '{"schema":1}',
  });
  const registry = {
    manifest: async () => pack.manifest,
    missing: async () => [],
    blob: async () => pack.config.bytes,
  } as unknown as Registry;
  const commits: LedgerCommit[] = [];
  const ledger = {
    ...book.ledger,
    append: (commit: LedgerCommit) => {
      commits.push(commit);
      return book.ledger.append(commit);
    },
  };
  const ports = { ...bookPorts(book), ledger, files, registries: { open: () => registry } };
  const order = {
    model: 'bank',
    version: '1.8.0',
    image: 'ghcr.io/acme/bank',
    digest: pack.manifest.digest,
    evidence: ['verdict.json'],
  };
  return { book, ports, order, commits };
}

describe('register', () => {
  it('writes one commit that the ledger’s check finds whole, and none the second time', async () => {
    const { book, ports, order, commits } = await place();
    const first = await register(ports, { ...order, artifact: 'models/bank' });
    expect(first).toMatchObject({
      outcome: 'done',
      release: {
        carries: 'layers',
        golden: { request: { age: 41, job: 'clerk' }, answer: 0.25 },
        evidence: [{ outcome: 'pass' }],
      },
    });
    expect(await register(ports, order)).toMatchObject({ outcome: 'nothing' });
    expect(commits).toHaveLength(1);
    expect(verifyChain(await book.files()).problems).toEqual([]);
  });

  it('takes the golden answer of the config’s artifact only where that is what the image carries', async () => {
    const { ports, order } = await place();
    const same = await register(ports, { ...order, configured: 'models/bank', dryRun: true });
    expect(same).toMatchObject({ outcome: 'planned', release: { golden: { answer: 0.25 } } });
    const other = { ...TEXTS, 'models/bank/README.md': 'new' };
    const files = { ...memoryFiles({ ...other }), readText: ports.files.readText };
    const changed = await register(
      { ...ports, files },
      { ...order, configured: 'models/bank', dryRun: true },
    );
    expect(changed.release?.golden).toBeUndefined();
  });

  it('says after a lost answer that it is registered, and begins again when somebody was faster', async () => {
    const { book, ports, order } = await place();
    const lost = {
      ...ports.ledger,
      append: async (commit: LedgerCommit) => {
        await book.ledger.append(commit);
        throw new Error('the line is dead');
      },
    };
    expect(await register({ ...ports, ledger: lost }, order)).toMatchObject({ outcome: 'done' });
    let races = 0;
    const late = {
      ...ports.ledger,
      append: (commit: LedgerCommit) => {
        if (++races === 1) book.register('0.9.0');
        return book.ledger.append(commit);
      },
    };
    const again = { ...order, evidence: [], artifact: 'models/bank' };
    expect(await register({ ...ports, ledger: late }, again)).toMatchObject({ outcome: 'done' });
    expect(races).toBe(2);
  });

  it.each<[string, Partial<RegisterOrder>, RegExp]>([
    ['a version that is none', { version: '../1' }, /Not a version: saw "\.\.\/1"/],
    ['a commit that is none', { sha: 'abc1234' }, /expected all 40 hex digits/],
    ['a file that is no verdict', { evidence: ['not.json'] }, /"not\.json" is no verdict/],
    ['a file that is not there', { evidence: ['gone.json'] }, /There is no file "gone\.json"/],
  ])('refuses %s', async (_, changes, message) => {
    const { ports, order } = await place();
    await expect(register(ports, { ...order, ...changes })).rejects.toThrow(message);
  });
});

describe('loadArtifactFacts', () => {
  const load = (golden: string) =>
    loadArtifactFacts(memoryFiles({ 'a/model.onnx': 'x', 'a/golden.jsonl': golden }), 'a');

  it.each([
    ['{"features":{"a":1},"prediction":2}', 2],
    ['{"features":{"a":1},"probabilities":{"x":0.5,"y":0.5}}', { x: 0.5, y: 0.5 }],
    ['\n{"features":{"a":1},"score":0}', 0],
  ])('reads %j', async (line, answer) => {
    expect((await load(line)).golden).toMatchObject({ request: { a: 1 }, answer });
  });

  it('leaves a line out that is too large to travel with every entry, and says so', async () => {
    const facts = await load(`{"features":{"a":"${'x'.repeat(3000)}"},"score":1}`);
    expect(facts).toMatchObject({
      golden: undefined,
      notes: [expect.stringMatching(/more than 2048 bytes/)],
    });
  });

  it('refuses a line without an answer', async () => {
    await expect(load('{"features":{"a":1}}')).rejects.toThrow(/no score, prediction or probabilities/);
  });

  it('knows a bare file by its own digest', async () => {
    const facts = await loadArtifactFacts(memoryFiles({ 'm.onnx': 'x' }), 'm.onnx');
    expect(facts).toEqual({ artifact: digestOf('x'), golden: undefined, notes: [] });
  });
});
