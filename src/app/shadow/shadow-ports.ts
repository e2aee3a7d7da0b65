import type { Clock, Machine, Producer } from '../../core/ports.ts';
import type { SqlEngine, SqlLimits } from '../../core/sql-engine.ts';

/** The ports of the shadow. */
export interface ShadowPorts {
  engine: SqlEngine;
  limits: SqlLimits;
  clock: Clock;
  machine: Machine;
  producer: Producer;
  /** Tells a person at a terminal what is going on. */
  progress(step: string): void;
}
