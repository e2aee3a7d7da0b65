import type { Sample } from '../../core/task.ts';
import type { DataFacts } from '../facts.ts';
import type { GateSettings } from '../settings.ts';

/** What one metric is looked at on: a data set, the challenger's sample on it, and the id of the check. */
export interface MetricSubject {
  /** `metrics`, or `metrics.frozen`. */
  idPrefix: string;
  data: DataFacts;
  sample: Sample;
  settings: GateSettings;
}
