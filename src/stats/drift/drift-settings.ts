import type { Smoothing } from './smoothed-shares.ts';

/** How drift is judged. */
export interface DriftSettings {
  smoothing: Smoothing;
  /** PSI from which on a feature is worth a look; above 0. */
  investigate: number;
  /** PSI from which on a feature has changed; at least `investigate`. */
  alert: number;
}

/** The limits that credit scoring has used since Lewis 1994. */
export const DRIFT_DEFAULTS: DriftSettings = { smoothing: 'half', investigate: 0.1, alert: 0.25 };
