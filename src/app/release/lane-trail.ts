import type { Progress } from './release-ports.ts';
import { formatLane, type Lane } from '../../core/lane.ts';

/** A command on a lane, as it was typed. */
export interface LaneCommand {
  command: 'promote' | 'rollback' | 'adopt' | 'verify';
  lane: Lane;
  /** `verify --watch`. */
  watch?: boolean;
}

type Standing =
  | { kind: 'nothing' }
  /** `what`: the operation, as "promote to 1.8.0 (sha256:…)". */
  | { kind: 'intent' | 'moved' | 'deployed'; what: string };

/** How far a command on a lane came, by its progress: for the sentence where it is cut off. */
export class LaneTrail {
  readonly #order: LaneCommand;
  #standing: Standing = { kind: 'nothing' };

  constructor(order: LaneCommand) {
    this.#order = order;
  }

  /** Follows a step that is done. */
  take({ step, message }: Progress): void {
    const before = this.#standing;
    if (step === 'intent') this.#standing = { kind: 'intent', what: message.replace(/: intent \d+ .*$/, '') };
    else if ((step === 'moved' || step === 'deployed') && before.kind !== 'nothing')
      this.#standing = { kind: step, what: before.what };
  }

  /** Whether the ledger holds an operation of this command that is not known to be done. */
  get isOpen(): boolean {
    return this.#standing.kind === 'intent' || this.#standing.kind === 'moved';
  }

  /** Where the lane stands and what to type; `isDeploying`: a deploy command ran. Begins with the lane, ends with a command. */
  sentence(isDeploying: boolean): string {
    const { command, lane, watch = false } = this.#order;
    const name = formatLane(lane);
    const standing = this.#standing;
    const kept = 'Nothing is lost';
    const see = `to see where it stands: known-good status ${name}`;
    switch (standing.kind) {
      case 'nothing':
        if (command === 'verify' && watch)
          return `${name} is not looked at any more. ${kept}: its soak goes on counting from the ledger, as long as the next look comes in time (known-good status ${name} says when). To go on looking: known-good verify ${name} --watch`;
        return `${name}: ${command} had changed nothing yet, as far as it knows. ${kept}: type the same command again; ${see}`;
      case 'intent':
        return `${name}: ${standing.what} is open in the ledger, its tag perhaps moved. ${kept}: the next command there finishes or closes it. Type the same command again; ${see}`;
      case 'moved': {
        const how = isDeploying ? 'its deploy command was stopped' : 'whether it serves was not looked at';
        return `${name}: ${standing.what} is open: the tag is moved, ${how}. ${kept}: the ledger knows how far it came. To bring it to its end and look: known-good verify ${name}; ${see}`;
      }
      case 'deployed':
        return `${name}: ${standing.what} is deployed, and was not looked at to the end. ${kept}. To look: known-good verify ${name}`;
      default:
        return standing satisfies never;
    }
  }
}
