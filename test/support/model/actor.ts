import { KnownGoodError } from '../../../src/core/errors.ts';
import { digestOf, type Digest } from '../../../src/core/digest.ts';
import type { LaneResult } from '../../../src/promotion/lane-result.ts';
import type { ReleasePorts } from '../../../src/app/release/release-ports.ts';
import type { Appended, LedgerCommit } from '../../../src/core/ledger-store.ts';
import { LATE_WRITE_MS } from '../../../src/ledger/late-writes.ts';
import type { Owner } from '../../../src/core/owner.ts';
import { LANE, STAGING } from './lanes.ts';
import { stateOf } from './ledger-of.ts';
import type { World } from './world.ts';

/** What can become of an operation: it happens; its answer is lost; it happens later although the answer was a failure. */
export type Fate = 'done' | 'lost-reply' | 'late' | 'stale';

/** An operation that an actor waits for. */
export interface Pending {
  name: string;
  /** Changes the world beyond the actor: before and after it the actor may die. */
  effect: boolean;
  /** When it was asked for. */
  since: number;
  /** Fates beside `done` that fit. */
  fates: readonly Fate[];
  run(fate: Fate): void;
}

/** A command under the scheduler: it stops at every operation until the scheduler lets it go on. */
export class Actor {
  readonly name: string;
  pending: Pending[] = [];
  crashed = false;
  result: LaneResult | undefined;
  error: unknown;
  /** All that the actor has learned so far: with the world, it decides what it does next. */
  history = '';
  private ids = 0;
  private readonly world: World;
  private readonly all: () => readonly Actor[];

  constructor(name: string, world: World, all: () => readonly Actor[]) {
    this.name = name;
    this.world = world;
    this.all = all;
  }

  get ended(): boolean {
    return this.crashed || this.result !== undefined || this.error !== undefined;
  }

  start(command: (ports: ReleasePorts) => Promise<LaneResult>): void {
    command(this.ports()).then(
      (result) => (this.result = result),
      (error: unknown) => (this.error = error),
    );
  }

  crash(): void {
    this.crashed = true;
    this.pending = [];
  }

  private ask<T>(
    { name, effect = false, fates = [] }: { name: string; effect?: boolean; fates?: readonly Fate[] },
    act: (fate: Fate) => T,
  ): Promise<T> {
    return new Promise((resolve, reject) => {
      const pending: Pending = {
        name,
        effect,
        since: this.world.now,
        fates,
        run: (fate) => {
          this.pending = this.pending.filter((other) => other !== pending);
          const value = act(fate);
          this.history = digestOf(`${this.history}|${name}|${fate}|${JSON.stringify(value) ?? ''}`);
          if (fate === 'lost-reply' || fate === 'late')
            reject(new KnownGoodError('unavailable', `${name}: no answer.`));
          else resolve(value);
        },
      };
      if (!this.crashed) this.pending.push(pending);
    });
  }

  private ports(): ReleasePorts {
    const { world } = this;
    return {
      actor: { name: this.name, via: 'model' },
      ids: { next: () => `${this.name}${++this.ids}` },
      progress: () => undefined,
      owners: {
        self: () => ({
          kind: 'process',
          host: 'model',
          pid: this.all().indexOf(this) + 1,
          startedAt: this.name,
        }),
        liveness: (owner) => Promise.resolve(this.liveness(owner)),
      },
      timer: {
        now: () => new Date(world.now),
        sleep: (ms) => {
          const until = world.now + ms;
          return this.ask({ name: `sleep ${ms}` }, () => world.advance(until));
        },
      },
      ledger: this.ledger(),
      registries: { open: () => this.registry() },
      deployer: {
        deploy: (_how, { model, environment, digest, seq }) =>
          this.ask({ name: `deploy ${seq}`, effect: true }, () =>
            world.deploy(`${model}/${environment}`, digest, seq)
              ? { kind: 'deployed' as const }
              : { kind: 'failed' as const, message: 'A later one was deployed before.' },
          ),
      },
      prober: {
        probe: ({ url }, release) =>
          this.ask({ name: 'probe' }, () => {
            const served = world.served.get(`bank/${url.split('/').at(-1) ?? ''}`);
            const good = served?.digest === release.digest && !world.bad.has(served.digest);
            return {
              name: 'probe',
              outcome: good ? ('good' as const) : ('bad' as const),
              message: '',
              elapsedMs: 1,
            };
          }),
        answers: () => Promise.resolve(true),
      },
    };
  }

  /** Appends, and notes whose operation ended by it. */
  private commit(commit: LedgerCommit): Appended {
    const { world } = this;
    const owners = () =>
      [LANE, STAGING]
        .map((lane) => stateOf(world, lane).open?.owner)
        .map((owner) => (owner?.kind === 'process' ? owner.startedAt : undefined));
    const before = owners();
    const appended = world.appendCommit(commit);
    const after = owners();
    before.forEach((owner, i) => {
      if (owner !== undefined && owner !== after[i]) world.endedAt.set(owner, world.now);
    });
    return appended;
  }

  /** Only an open operation writes a tag, or one that was open a short time ago. */
  private writeTag(tag: string, digest: Digest): void {
    const { world } = this;
    const lane = tag === 'staging' ? STAGING : LANE;
    const { open } = stateOf(world, lane);
    const mine = open?.owner.kind === 'process' && open.owner.startedAt === this.name;
    const late = world.now <= (world.endedAt.get(this.name) ?? -Infinity) + LATE_WRITE_MS;
    if (!mine && !late) world.strangeWrites.push(`${this.name} wrote ${tag}`);
    world.tags.set(tag, digest);
  }

  private liveness(owner: Owner): 'alive' | 'dead' | 'unknown' {
    if (this.world.blind) return 'unknown';
    const actor = this.all().find(({ name }) => owner.kind === 'process' && name === owner.startedAt);
    return actor === undefined || actor.ended ? 'dead' : 'alive';
  }

  private ledger(): ReleasePorts['ledger'] {
    const { world } = this;
    return {
      read: (paths) =>
        this.ask({ name: 'read', fates: ['stale'] }, (fate) => world.readFiles(paths, fate === 'stale')),
      append: (commit) =>
        this.ask({ name: 'append', effect: true, fates: ['lost-reply'] }, () => this.commit(commit)),
      list: (head, folder) => world.ledger.list(head, folder),
      readAll: (head, folder) => world.ledger.readAll(head, folder),
      contains: () => Promise.resolve(false),
    };
  }

  private registry(): ReturnType<ReleasePorts['registries']['open']> {
    const { world } = this;
    const manifestOf = (digest: Digest) => ({ digest, mediaType: 'model', bytes: new Uint8Array() });
    const tagged = (reference: string) =>
      reference.startsWith('sha256:') ? (reference as Digest) : world.tags.get(reference);
    return {
      resolve: (tag) => this.ask({ name: 'resolve' }, () => world.tags.get(tag)),
      manifest: (reference) =>
        reference.startsWith('sha256:')
          ? Promise.resolve(manifestOf(reference as Digest))
          : this.ask({ name: 'read back' }, () => {
              const digest = tagged(reference);
              return digest === undefined ? undefined : manifestOf(digest);
            }),
      putManifest: (reference, { digest }, timeoutMs) => {
        if (/-\d+$/.test(reference)) return Promise.resolve();
        return this.ask({ name: 'put tag', effect: true, fates: ['lost-reply', 'late'] }, (fate) => {
          if (fate === 'late') world.late.push({ tag: reference, digest, deadline: world.now + timeoutMs });
          else this.writeTag(reference, digest);
        });
      },
      hasBlob: () => Promise.resolve(true),
      blob: () => Promise.resolve(undefined),
      putBlob: () => Promise.resolve(),
      missing: () => Promise.resolve([]),
    };
  }
}
