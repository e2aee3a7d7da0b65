/** GitHub's own time. */
export interface Clock {
  now(): Date;
  /** Moves it on by milliseconds. */
  advance(ms: number): void;
  /** Stops it at a time; `advance` still moves it. */
  set(date: Date): void;
}

/** A clock that stands at `start`, or runs with the machine's where there is none. */
export function createClock(start: Date | undefined): Clock {
  let ahead = 0;
  let stopped = start?.getTime();
  return {
    now: () => new Date((stopped ?? Date.now()) + ahead),
    advance: (ms) => {
      ahead += ms;
    },
    set: (date) => {
      stopped = date.getTime();
      ahead = 0;
    },
  };
}
