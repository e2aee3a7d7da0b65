import { KnownGoodError } from '../../core/errors.ts';
import type { Task } from '../../core/task.ts';
import { TASKS } from '../../core/task.ts';
import type { Files } from '../../core/ports.ts';
import { contractFeatures } from '../../config/contract-features.ts';
import { listNames } from '../../verdict/sentences.ts';
import type { GateSettings } from '../../gate/settings.ts';
import { DEFAULT_SETTINGS } from '../../gate/settings.ts';
import type { GateRequest } from './gate-request.ts';
import { readFeatures } from './request-from-config.ts';

/** The flags of a gate without config, as the user wrote them. */
export interface GateFlags {
  artifact?: string;
  against?: string;
  data?: string;
  label?: string;
  id?: string;
  task?: string;
  features?: string;
  slices?: readonly string[];
  positive?: string;
  /** Labels in the order of the model's columns, separated by commas. */
  classes?: string;
  predictions?: string;
  challenger?: string;
  champion?: string;
}

/** The request of a gate without any config: nothing but files and columns; everything else is guessed and printed. */
export async function requestFromFlags(flags: GateFlags, files: Files): Promise<GateRequest> {
  const task = parseTask(flags.task);
  const shared = {
    ...(task === undefined ? {} : { task }),
    inputs: {},
    outputs: outputsOf(flags),
    slices: (flags.slices ?? []).map((column) => ({ column })),
    settings: DEFAULT_SETTINGS satisfies GateSettings,
    defaultGates: true,
  };
  if (flags.predictions !== undefined) return { ...shared, ...predictionsOf(flags, flags.predictions) };
  const { artifact, data, label } = flags;
  if (artifact === undefined)
    throw new KnownGoodError(
      'usage',
      'Say what to gate: known-good gate MODEL.onnx --data test.csv --label y, or --model NAME with a config.',
    );
  if (data === undefined || label === undefined)
    throw new KnownGoodError(
      'usage',
      `Say what to measure on: ${[data === undefined ? '--data FILE' : '', label === undefined ? '--label COLUMN' : ''].filter(Boolean).join(' and ')} missing.`,
    );
  const features = flags.features === undefined ? undefined : await featuresOf(flags.features, files);
  return {
    ...shared,
    model: baseName(artifact),
    challenger: { path: artifact },
    ...(flags.against === undefined
      ? { noChampion: { asked: false, why: 'none was named (--against).' } }
      : { champion: { path: flags.against } }),
    ...(features === undefined ? {} : { features }),
    data: [{ role: 'test', path: data, label, ...(flags.id === undefined ? {} : { id: flags.id }) }],
  };
}

function outputsOf({ positive, classes }: GateFlags): GateRequest['outputs'] {
  const names = classes?.split(',').map((name) => name.trim());
  if (names !== undefined && (names.length < 2 || names.includes('') || new Set(names).size < names.length))
    throw new KnownGoodError(
      'usage',
      `--classes names two labels or more, each once, in the order of the model's columns and separated by commas; saw ${JSON.stringify(classes)}.`,
    );
  return {
    ...(positive === undefined ? {} : { positive }),
    ...(names === undefined ? {} : { classes: names }),
  };
}

function predictionsOf(flags: GateFlags, path: string): Pick<GateRequest, 'model' | 'data' | 'predictions'> {
  const challenger = flags.challenger ?? 'challenger';
  if (flags.label === undefined && flags.task !== 'score')
    throw new KnownGoodError(
      'usage',
      'Name the column of the truth: --label COLUMN; for scores that need none, say --task score.',
    );
  if (flags.label !== undefined && flags.task === 'score')
    throw new KnownGoodError(
      'usage',
      'Scores (--task score) have no label: leave --label out, or name the task.',
    );
  if ([flags.label, flags.champion].includes(challenger))
    throw new KnownGoodError(
      'usage',
      `The challenger's column ${JSON.stringify(challenger)} is named as ${flags.label === challenger ? 'the label' : 'the champion'} too.`,
    );
  return {
    model: baseName(path),
    data: [],
    predictions: {
      path,
      challenger,
      ...(flags.champion === undefined
        ? { champion: 'champion', championGuessed: true }
        : flags.champion === 'none'
          ? {}
          : { champion: flags.champion }),
      ...(flags.label === undefined ? {} : { label: flags.label }),
      ...(flags.id === undefined ? {} : { id: flags.id }),
    },
  };
}

function parseTask(text: string | undefined): Task | undefined {
  const task = TASKS.find((each) => each === text);
  if (text !== undefined && task === undefined)
    throw new KnownGoodError(
      'usage',
      `There is no task ${JSON.stringify(text)}; there are ${listNames(TASKS)}.`,
    );
  return task;
}

/** A file with the names, or the names themselves, separated by commas. */
async function featuresOf(text: string, files: Files): Promise<readonly string[]> {
  if (/\.json(#.*)?$/.test(text)) return readFeatures(text, files);
  return contractFeatures(
    text.split(',').map((name) => name.trim()),
    '--features',
  );
}

function baseName(path: string): string {
  return path.replace(/\/+$/, '').split('/').at(-1) ?? path;
}
