import type { Task } from '../../core/task.ts';
import { DEFAULT_SHADOW_SETTINGS } from '../../shadow/settings.ts';
import type { ConfiguredShadow } from './request-from-config.ts';

/** A shadow without a config: the log, its labels, and what cannot be guessed. */
export interface ShadowFlags {
  log: readonly string[];
  labels: readonly string[];
  model?: string;
  task?: Task;
  positive?: string;
  threshold?: number;
  reference?: string;
  slices: readonly string[];
}

/** The request of flags alone: columns are guessed by common names, margins by the task. */
export function shadowFromFlags(flags: ShadowFlags): ConfiguredShadow {
  const { log, labels, model, task, positive, threshold, reference, slices } = flags;
  return {
    model: model ?? 'model',
    ...(task === undefined ? {} : { task }),
    log,
    labels,
    labelColumns: {},
    trustLog: false,
    window: {},
    ...(positive === undefined ? {} : { positive: numberOrText(positive) }),
    ...(threshold === undefined ? {} : { threshold }),
    ...(reference === undefined ? {} : { reference }),
    referenceAsked: reference !== undefined,
    slices: { wanted: slices.map((column) => ({ column })), asked: true },
    settings: DEFAULT_SHADOW_SETTINGS,
    defaultMetrics: true,
    maxRejected: 0,
    smoothing: 'half',
    signOff: [],
  };
}

function numberOrText(text: string): number | string {
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}
