import { describe, expect, it } from 'vitest';
import { expectClean, expectRefusal } from '../support/expect-clean.ts';
import { withMetadata } from '../support/make-model.ts';
import { modelBytes } from '../support/onnx-fixtures.ts';
import { runIn, verdictOf } from '../support/run-cli.ts';
import {
  CONFIGURED,
  PLAIN,
  smallArtifact,
  smallConfig,
  smallTable,
  soundModel,
} from '../support/small-gate.ts';

/** All that a reader, a browser or a terminal could take for more than a name. */
const EVIL =
  '@everyone <script>alert(1)</script> <img src=x onerror=alert(2)> [x](https://evil.example) | **b** `\u202e\u001b[31m\u0007\u200b ::error::';
const FILE = EVIL.replaceAll('/', '_');
/** The part of it that a file of an artifact may be called. */
const HARMLESS = FILE.slice(0, FILE.indexOf('\u202e'));
const features = JSON.stringify([EVIL, 'b', 'c']);
const withFeatures = [...PLAIN.slice(0, 6), '--features', 'f.json'];
const model = () => ({ 'm.onnx': soundModel() });

describe('hostile names are shown, and do nothing', () => {
  it.each<[string, Record<string, string | Uint8Array>, string[]]>([
    [
      'the model file',
      { [`${FILE}.onnx`]: soundModel(), 't.csv': smallTable() },
      ['gate', `${FILE}.onnx`, ...PLAIN.slice(2)],
    ],
    ['the table', { ...model(), [FILE]: smallTable() }, PLAIN.map((arg) => (arg === 't.csv' ? FILE : arg))],
    [
      'the champion',
      { ...model(), [FILE]: soundModel(), 't.csv': smallTable() },
      [...PLAIN, '--against', FILE],
    ],
    ['a feature', { ...model(), 't.csv': smallTable({ feature: EVIL }), 'f.json': features }, withFeatures],
    ['a feature that is not there', { ...model(), 't.csv': smallTable(), 'f.json': features }, withFeatures],
    ['a class', { ...model(), 't.csv': smallTable({ classes: ['0', EVIL] }) }, PLAIN],
    [
      'the label column',
      { ...model(), 't.csv': smallTable({ label: EVIL }) },
      PLAIN.map((arg) => (arg === 'y' ? EVIL : arg)),
    ],
    ['the positive class', { ...model(), 't.csv': smallTable() }, [...PLAIN, '--positive', EVIL]],
    [
      'a slice column and its values',
      { ...model(), 'c.onnx': soundModel(), 't.csv': smallTable({ rows: 400, slice: [EVIL, EVIL, 'z'] }) },
      [...PLAIN, '--against', 'c.onnx', '--slice', EVIL],
    ],
    [
      'a slice column that is not there',
      { ...model(), 'c.onnx': soundModel(), 't.csv': smallTable() },
      [...PLAIN, '--against', 'c.onnx', '--slice', EVIL],
    ],
    [
      'a slice value of 3,000 characters',
      {
        ...model(),
        'c.onnx': soundModel(),
        't.csv': smallTable({ rows: 400, slice: ['g', EVIL.repeat(25), 'z'] }),
      },
      [...PLAIN, '--against', 'c.onnx', '--slice', 'g'],
    ],
    [
      'the version in the metadata',
      { 'm.onnx': withMetadata(soundModel(), 'version', EVIL), 't.csv': smallTable() },
      PLAIN,
    ],
    [
      'the task in the metadata',
      { 'm.onnx': withMetadata(soundModel(), 'task', EVIL), 't.csv': smallTable() },
      PLAIN,
    ],
    [
      'the features in the metadata',
      { 'm.onnx': withMetadata(soundModel(), 'features', features), 't.csv': smallTable() },
      PLAIN,
    ],
    [
      'the nodes and values of the graph',
      { 'm.onnx': modelBytes('onnx/hostile-names'), 't.csv': smallTable() },
      PLAIN,
    ],
    [
      'everything in the documents',
      smallArtifact({
        'manifest.json': JSON.stringify({
          model: EVIL,
          version: EVIL,
          owner: EVIL,
          features: [EVIL],
          [EVIL]: 1,
        }),
        'metrics.json': JSON.stringify({ metrics: { [EVIL]: 1, accuracy: EVIL }, dataset: { name: EVIL } }),
        'golden.jsonl': JSON.stringify({ features: { [EVIL]: EVIL }, [EVIL]: 1 }),
        [`${HARMLESS}.txt`]: EVIL,
      }),
      CONFIGURED,
    ],
  ])('%s', async (_, files, args) => {
    const run = await runIn(files, args);
    expectClean(run);
    expect(verdictOf(run).checks.length).toBeGreaterThan(3);
    expect(run.stderr).toBe('');
    const printed = await runIn(files, [...args, '--quiet']);
    expectClean(printed);
    expect(printed.stdout.split('\n')).toHaveLength(2);
  });
});

describe('hostile words on the command line are refused in one clean sentence', () => {
  it.each<[string, string[], 64 | 65, RegExp]>([
    ['a command', [EVIL], 64, /There is no command/],
    ['a flag', ['gate', `--${EVIL}`], 64, /Unknown option/],
    ['two models', ['gate', EVIL, EVIL], 64, /One model at a time/],
    ['a task', [...PLAIN, '--task', EVIL], 64, /There is no task/],
    ['a table', PLAIN.map((arg) => (arg === 't.csv' ? FILE : arg)), 65, /no such file/],
    [
      'a line break in a file name',
      ['gate', 'x\n::error::y', '--data', 't.csv', '--label', 'y'],
      65,
      /x\\n::error::y/,
    ],
    ['a model of the config', [...CONFIGURED, '--model', EVIL], 65, /no model/],
    ['an environment', [...CONFIGURED, '--environment', EVIL], 65, /no environment/],
  ])('%s', async (...[, args, code, sentence]) => {
    const files = { ...smallArtifact({}), 'm.onnx': soundModel() };
    expectRefusal(await runIn(files, args), code, sentence);
  });

  it('a file of that name in an artifact is refused', async () => {
    const run = await runIn(smallArtifact({ [FILE]: EVIL }), CONFIGURED);
    expectRefusal(run, 65, /in "artifact" has a control character .* in its name; rename it/);
  });

  it('a model of that name in the config is refused', async () => {
    const config = smallConfig().replace('small:', `${JSON.stringify(EVIL)}:`);
    const run = await runIn({ ...smallArtifact({}), 'known-good.yml': config }, CONFIGURED);
    expectClean(run);
    expect([run.code, run.stdout]).toEqual([65, '']);
    expect(run.stderr).toMatch(/allowed: a name of 1 to 64 letters/);
  });
});
