import type { Progress, ReleasePorts } from '../../src/app/release/release-ports.ts';
import type { LedgerStore } from '../../src/core/ledger-store.ts';
import type { DeployRequest } from '../../src/core/ports.ts';
import type { ProbeResult } from '../../src/core/probe.ts';
import type { Release } from '../../src/core/release.ts';
import { readEntry, readState } from '../../src/ledger/document.ts';
import type { Chained } from '../../src/ledger/fold.ts';
import { laneFolder, statePath } from '../../src/ledger/paths.ts';
import { emptyState, type LaneState } from '../../src/ledger/state.ts';
import type { Liveness } from '../../src/promotion/facts.ts';
import { memoryLedger, type MemoryLedger } from './memory-ledger.ts';
import { MemoryRegistry } from './memory-registry.ts';
import { LANE } from './model/lanes.ts';

const START = Date.parse('2026-03-01T00:00:00.000Z');

/** Everything that a command on lanes touches, in memory, and a log of its effects in their order. Time passes only by waiting. */
export class ReleaseDesk {
  readonly ledger: MemoryLedger = memoryLedger();
  readonly log: string[] = [];
  readonly steps: Progress[] = [];
  readonly requests: DeployRequest[] = [];
  readonly registry = new MemoryRegistry((effect) => this.effect(effect));
  ms = START;
  /** Of every owner. */
  liveness: Liveness = 'dead';
  /** What becomes of deployments, by version; the others are deployed. */
  readonly undeployable = new Map<string, string>();
  /** What the servers answer, by the version that was promoted; the others are good. */
  readonly answers = new Map<string, ProbeResult['outcome'][]>();
  controlAnswers = true;
  private readonly hooks: { effect: string; act: () => unknown }[] = [];
  private readonly sleepers: (() => unknown)[] = [];
  private dead = false;
  private ids = 0;

  /** Does something once, when the first effect of that name is under way: it happens after that. */
  before(effect: string, act: () => unknown): this {
    this.hooks.push({ effect, act });
    return this;
  }

  /** Whoever is at work is killed just before the first effect of that name; until `revive` nobody reaches anything. */
  diesAt(effect: string): this {
    return this.before(effect, () => {
      this.dead = true;
      this.registry.down = true;
      throw new Error('killed');
    });
  }

  revive(): this {
    this.dead = false;
    this.registry.down = false;
    return this;
  }

  /** Does something once, when the next wait is over. */
  onSleep(act: () => unknown): this {
    this.sleepers.push(act);
    return this;
  }

  /** Forgets what has happened so far. */
  forget(): this {
    this.log.length = 0;
    this.steps.length = 0;
    this.requests.length = 0;
    return this;
  }

  /** Waits, and lets what was on its way arrive. */
  pass(ms: number): this {
    this.ms += ms;
    this.registry.pass(this.ms);
    return this;
  }

  state(lane = LANE): LaneState {
    const path = statePath(lane);
    const text = this.ledger.readNow([path]).files[path];
    return text === undefined ? emptyState(lane) : readState(text, path);
  }

  async entries(lane = LANE): Promise<Chained[]> {
    const head = this.ledger.head();
    if (head === undefined) return [];
    const files = await this.ledger.readAll(head, `${laneFolder(lane)}/entries`);
    return [...files]
      .map(([path, text]) => readEntry(text, path))
      .toSorted((a, b) => a.entry.seq - b.entry.seq);
  }

  /** The kinds of a lane's entries, in order. */
  async kinds(lane = LANE): Promise<string[]> {
    return (await this.entries(lane)).map(({ entry }) => entry.kind);
  }

  ports(name = 'ana', ledger: LedgerStore = this.loggedLedger()): ReleasePorts {
    return {
      ledger,
      actor: { name, via: 'cli' },
      ids: { next: () => `id-${++this.ids}` },
      progress: (step) => void this.steps.push(step),
      registries: { open: () => this.registry },
      owners: {
        self: () => ({ kind: 'process', host: 'laptop', pid: 1, startedAt: name }),
        liveness: () => Promise.resolve(this.liveness),
      },
      timer: {
        now: () => new Date(this.ms),
        sleep: async (ms) => {
          this.pass(ms);
          await this.sleepers.shift()?.();
        },
      },
      deployer: { deploy: (_, request) => this.deploy(request) },
      prober: {
        probe: (probe, release) => Promise.resolve(this.probe(probe.url, release)),
        answers: () => Promise.resolve(this.controlAnswers),
      },
    };
  }

  private async begin(name: string): Promise<void> {
    const at = this.hooks.findIndex(({ effect }) => effect === name);
    const [hook] = at < 0 ? [] : this.hooks.splice(at, 1);
    await hook?.act();
  }

  private async effect(name: string): Promise<void> {
    await this.begin(name);
    this.log.push(name);
  }

  private loggedLedger(): LedgerStore {
    const { ledger } = this;
    return {
      ...ledger,
      read: async (paths) => {
        if (this.dead) throw new Error('killed');
        return ledger.read(paths);
      },
      append: async (commit) => {
        if (this.dead) throw new Error('killed');
        const name = `append ${commit.message.split(': ')[1] ?? ''}`;
        await this.begin(name);
        const written = await ledger.append(commit);
        if (written.kind === 'appended') this.log.push(name);
        return written;
      },
    };
  }

  private async deploy(request: DeployRequest): ReturnType<ReleasePorts['deployer']['deploy']> {
    await this.effect(`deploy ${request.version}`);
    const newest = Math.max(0, ...this.requests.map(({ seq }) => seq));
    if (newest > request.seq) return { kind: 'failed', message: `${newest} was deployed after it.` };
    this.requests.push(request);
    const message = this.undeployable.get(request.version);
    return message === undefined ? { kind: 'deployed' } : { kind: 'failed', message };
  }

  private probe(url: string, { version }: Release): ProbeResult {
    const outcome = this.answers.get(version)?.shift() ?? 'good';
    return {
      name: url,
      outcome,
      message: outcome === 'good' ? '200.' : 'expected 200, saw 500.',
      elapsedMs: 1,
    };
  }
}
