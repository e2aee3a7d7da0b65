import { FrameError } from './frame.ts';
import { ModelFailure } from './model-failure.ts';

/** The failure for an answer of a child that no honest child gives. */
export function refuseAnswer(what: string): ModelFailure {
  return new ModelFailure('crashed', `The model's process sent ${what}, which is not accepted.`);
}

/** Runs a parser over what a child sent, with its `FrameError` as a `ModelFailure`. */
export function accept<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    throw error instanceof FrameError ? refuseAnswer(error.message) : error;
  }
}
