import type { StepOutput } from '../../adapters/github/actions-runner.ts';
import type { Files } from '../../core/ports.ts';

/** What the step of every action needs of the world. */
export interface StepWorld {
  output: StepOutput;
  files: Files;
}
