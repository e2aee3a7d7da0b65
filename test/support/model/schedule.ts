import { Actor, type Fate } from './actor.ts';
import type { World } from './world.ts';
import type { LaneResult } from '../../../src/promotion/lane-result.ts';
import type { ReleasePorts } from '../../../src/app/release/release-ports.ts';

/** A command that an actor gives. */
export type Command = (ports: ReleasePorts) => Promise<LaneResult>;

/** One thing that can happen next: an actor's operation, how it goes, and whether the actor dies before or after it. */
export interface Choice {
  actor: number;
  operation: number;
  fate: Fate;
  dies?: 'before' | 'after';
}

/** Some actors in a world, moved one operation at a time. */
export class Run {
  readonly world: World;
  readonly actors: Actor[] = [];
  /** What happened, for a person to read. */
  readonly log: string[] = [];

  constructor(world: World) {
    this.world = world;
  }

  async start(name: string, command: Command): Promise<Actor> {
    const actor = new Actor(name, this.world, () => this.actors);
    this.actors.push(actor);
    actor.start(command);
    await rest();
    return actor;
  }

  async take({ actor: index, operation, fate, dies }: Choice): Promise<void> {
    const actor = this.actors[index] as Actor;
    const pending = actor.pending[operation];
    if (pending === undefined) throw new Error('The schedule does not fit: no such operation.');
    this.log.push(
      `${actor.name}: ${pending.name}${fate === 'done' ? '' : ` (${fate})`}${dies === undefined ? '' : `, dies ${dies}`}`,
    );
    if (dies !== 'before') pending.run(fate);
    if (dies !== undefined) actor.crash();
    await rest();
  }

  /** Lets one actor run to its end, everybody else standing still. */
  async finish(actor: Actor, most = 400): Promise<void> {
    for (let step = 0; !actor.ended; step++) {
      if (step > most) throw new Error(`${actor.name} does not end:\n${this.log.join('\n')}`);
      await this.take({ actor: this.actors.indexOf(actor), operation: 0, fate: 'done' });
    }
  }

  /** What decides everything that can follow. */
  key(): string {
    const actors = this.actors.map((actor) => [
      actor.ended,
      actor.crashed,
      actor.history,
      actor.pending.map(({ name }) => name),
    ]);
    return `${this.world.key()}${JSON.stringify(actors)}`;
  }
}

/** Until every actor waits for the scheduler or has ended. */
function rest(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
