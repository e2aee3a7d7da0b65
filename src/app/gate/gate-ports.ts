import type { Files, Models, Tables } from '../../core/ports.ts';

/** The ports of the gate. */
export interface GatePorts {
  files: Files;
  tables: Tables;
  models: Models;
  /** Tells a person at a terminal what is going on. */
  progress(step: string): void;
}
