import { endGroup } from './process-group.ts';

/** The deploy commands of this process that run now, so that whoever ends the process can end them too. */
export class RunningCommands {
  readonly #groups = new Set<number>();
  #stopping = false;

  /** A command's process group has begun. */
  begin(pid: number): void {
    this.#groups.add(pid);
  }

  /**
   * A command has ended. Where it was stopped because this process ends, this never resolves: that end is not the deployment's own, and
   * must not be written down as its failure.
   */
  async end(pid: number): Promise<void> {
    if (this.#stopping) await new Promise<never>(() => {});
    this.#groups.delete(pid);
  }

  /** How many run. */
  get count(): number {
    return this.#groups.size;
  }

  /** Signals all of them, and kills what is left after `graceMs`; resolves when they have ended, or cannot be ended. */
  async stop(name: NodeJS.Signals, graceMs: number): Promise<void> {
    this.#stopping = true;
    await Promise.all([...this.#groups].map((pid) => endGroup(pid, name, graceMs)));
  }
}
