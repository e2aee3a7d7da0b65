import { digestOf } from '../../core/digest.ts';
import { KnownGoodError } from '../../core/errors.ts';
import type { Config } from '../../config/config-schema.ts';
import type { ModelConfig } from '../../config/model-schema.ts';
import { resolveGates, shadowDigest, withGateDefaults } from '../../config/resolve-gates.ts';
import type { ShadowConfig } from '../../config/shadow-schema.ts';
import type { ShadowColumns } from '../../shadow/columns.ts';
import { DEFAULT_SHADOW_SETTINGS, type ShadowSettings } from '../../shadow/settings.ts';
import type { LoadedConfig } from '../gate/request-from-config.ts';
import { chooseModel } from '../gate/request-from-config.ts';
import { configRoot, rootedPath } from '../gate/rooted-model.ts';
import { metricGates } from '../gate/settings-from.ts';
import { signOffOf } from './sign-off.ts';
import type { ShadowRequest } from './shadow-request.ts';

/** What flags say instead of the config. */
export interface ShadowOverrides {
  model?: string;
  environment?: string;
  log?: readonly string[];
  labels?: readonly string[];
}

/** What a config and its caller leave to be found elsewhere: the releases, the promise, and earlier looks. */
export type ConfiguredShadow = Omit<ShadowRequest, 'releases' | 'promised' | 'looksBefore'>;

/** The request of a configured model, its paths under the config's root. A model without a `shadow` section is a `config` error, unless a log is named. */
export function shadowFromConfig(loaded: LoadedConfig, overrides: ShadowOverrides): ConfiguredShadow {
  const { config } = loaded;
  const { name, model } = chooseModel(config, overrides.model);
  const root = configRoot(loaded.path);
  const at = (path: string): string => rootedPath(path, root);
  const shadow = sectionOf(model, name, overrides);
  const reference = shadow.reference ?? model.data.train?.path;
  const slices = shadow.slices ?? model.data.slices ?? [];
  const { environment } = overrides;
  return {
    model: name,
    ...(environment === undefined ? {} : { environment }),
    task: model.task,
    log: overrides.log ?? shadow.log.map(at),
    labels: overrides.labels ?? (shadow.labels ?? []).map(at),
    ...(shadow.columns === undefined ? {} : { columns: columnsOf(shadow.columns) }),
    labelColumns: labelColumnsOf(shadow),
    trustLog: shadow.trust_log ?? false,
    window: windowOf(shadow),
    ...(model.outputs?.positive === undefined ? {} : { positive: model.outputs.positive }),
    ...(model.outputs?.threshold === undefined ? {} : { threshold: model.outputs.threshold }),
    ...(shadow.features === undefined ? {} : { features: shadow.features }),
    ...(reference === undefined ? {} : { reference: at(reference) }),
    referenceAsked: shadow.reference !== undefined,
    slices: {
      wanted: slices.map((slice) => (typeof slice === 'string' ? { column: slice } : slice)),
      asked: shadow.slices !== undefined,
    },
    ...(shadow.matured_after === undefined ? {} : { maturedAfter: shadow.matured_after }),
    ...(shadow.planned?.until === undefined ? {} : { plannedUntil: instantOf(shadow.planned.until) }),
    ...settingsOf(config, { name, shadow, environment }),
    maxRejected: shadow.coverage?.max_rejected ?? 0,
    smoothing: shadow.drift?.smoothing ?? 'half',
    signOff: environment === undefined ? [] : signOffOf(config, { model: name, environment }),
    config: {
      path: loaded.path,
      sha256: digestOf(loaded.text),
      gates: shadowDigest(config, name, environment),
    },
  };
}

function sectionOf({ shadow }: ModelConfig, name: string, { log }: ShadowOverrides): ShadowConfig {
  if (shadow !== undefined) return shadow;
  if (log !== undefined) return { log: [...log] };
  throw new KnownGoodError(
    'config',
    `The model ${JSON.stringify(name)} has no shadow section that names its log. Add models.${name}.shadow.log, or name it by --log FILE.`,
  );
}

function columnsOf(columns: NonNullable<ShadowConfig['columns']>): ShadowColumns {
  const { id, time, label, label_time: labelTime, features, champion, challenger } = columns;
  return {
    id,
    time,
    ...(label === undefined ? {} : { label }),
    ...(labelTime === undefined ? {} : { labelTime }),
    ...(features === undefined ? {} : { features }),
    champion: sideOf(champion),
    challenger: sideOf(challenger),
  };
}

function sideOf({ score, latency, error, version }: NonNullable<ShadowConfig['columns']>['champion']) {
  return {
    score,
    ...(latency === undefined ? {} : { latency }),
    ...(error === undefined ? {} : { error }),
    ...(version === undefined ? {} : { version }),
  };
}

function labelColumnsOf({ label_columns: columns }: ShadowConfig): ShadowRequest['labelColumns'] {
  const { id, label, label_time: labelTime } = columns ?? {};
  return {
    ...(id === undefined ? {} : { id }),
    ...(label === undefined ? {} : { label }),
    ...(labelTime === undefined ? {} : { labelTime }),
  };
}

function windowOf({ window }: ShadowConfig): ShadowRequest['window'] {
  return {
    ...(window?.from === undefined ? {} : { from: Date.parse(instantOf(window.from)) }),
    ...(window?.to === undefined ? {} : { to: Date.parse(instantOf(window.to)) }),
  };
}

/** A date of the config as an instant: midnight UTC where it has no time. */
function instantOf(date: string): string {
  return new Date(Date.parse(date)).toISOString();
}

function settingsOf(
  config: Config,
  { name, shadow, environment }: { name: string; shadow: ShadowConfig; environment: string | undefined },
): Pick<ShadowRequest, 'settings' | 'defaultMetrics'> {
  const base = DEFAULT_SHADOW_SETTINGS;
  const gates = resolveGates(config, name, environment);
  const metrics = metricsOf(shadow, gates.metrics);
  const { coverage, errors, latency, disagreement } = shadow;
  const settings: ShadowSettings = {
    ...base,
    metrics,
    slices: {
      maxDrop: known({ ...gates.slices.max_drop, ...shadow.max_drop }),
      minRows: shadow.min_rows ?? gates.slices.min_rows,
    },
    coverage: {
      maxUnmatched: coverage?.max_unmatched ?? base.coverage.maxUnmatched,
      maxDuplicates: coverage?.max_duplicates ?? base.coverage.maxDuplicates,
      maxMalformed: coverage?.max_malformed ?? base.coverage.maxMalformed,
      maxUnlabelled: coverage?.max_unlabelled ?? base.coverage.maxUnlabelled,
    },
    disagreement: known({
      max: disagreement?.max ?? base.disagreement.max,
      tolerance: disagreement?.tolerance,
    }) as ShadowSettings['disagreement'],
    errors: known({
      max: errors?.max,
      maxIncrease: errors?.max_increase ?? base.errors.maxIncrease,
    }) as ShadowSettings['errors'],
    latency: known({
      p50: latency?.p50,
      p95: latency?.p95,
      p99: latency?.p99,
      maxRatio: latency?.max_ratio,
    }),
    drift: known({ maxPsi: shadow.drift?.max_psi }),
    plannedLabels: shadow.planned?.labels ?? base.plannedLabels,
  };
  return { settings, defaultMetrics: Object.keys(metrics).length === 0 };
}

/** The shadow's own metrics; else the margins of the gates: floors and ceilings were set for another table. */
function metricsOf(
  shadow: ShadowConfig,
  gates: ReturnType<typeof resolveGates>['metrics'],
): ShadowSettings['metrics'] {
  if (shadow.metrics !== undefined) return metricGates(withGateDefaults({ metrics: shadow.metrics }).metrics);
  const margins = Object.entries(metricGates(gates)).flatMap(([key, gate]) => {
    const { maxDrop, bound, compare } = gate;
    const kept = { maxDrop, compare, decide: 'interval', ...(bound === undefined ? {} : { bound }) } as const;
    return maxDrop === undefined || gate.decide === 'point' ? [] : [[key, kept]];
  });
  return Object.fromEntries(margins) as ShadowSettings['metrics'];
}

type Known<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function known<T extends object>(fields: T): Known<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Known<T>;
}
