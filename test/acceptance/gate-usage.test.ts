import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { expectClean, expectRefusal } from '../support/expect-clean.ts';
import { ROOT } from '../support/places.ts';
import { runIn } from '../support/run-cli.ts';
import { CONFIGURED, PLAIN, smallArtifact, smallConfig, soundModel } from '../support/small-gate.ts';

const files = { ...smallArtifact({}), 'm.onnx': soundModel(), taken: 'a file' };

describe('a command line that cannot be meant', () => {
  it.each<[string, string[], RegExp]>([
    ['an unknown flag', ['gate', '--modle', 'small'], /Unknown option '--modle'/],
    ['a flag without its value', ['gate', 'm.onnx', '--data'], /'--data <value>' argument missing/],
    ['a flag where a value should be', ['gate', 'm.onnx', '--data', '--label', 'y'], /'--data'/],
    ['a value for a flag that has none', ['gate', '--json=yes'], /'--json' does not take an argument/],
    ['two models', ['gate', 'm.onnx', 'n.onnx'], /One model at a time: saw 2 \("m\.onnx", "n\.onnx"\)/],
    ['an unknown command', ['promot'], /no command "promot"; there are gate, shadow/],
    ['nothing to gate', ['gate'], /Say what to gate/],
    ['no table', ['gate', 'm.onnx'], /--data FILE and --label COLUMN missing/],
    ['no label', ['gate', 'm.onnx', '--data', 't.csv'], /--label COLUMN missing/],
    ['an unknown task', [...PLAIN, '--task', 'ranking'], /no task "ranking"; there are "binary-class/],
    [
      'a table beside a config',
      [...CONFIGURED, '--data', 't.csv', '--label', 'y'],
      /--data, --label .*no effect/,
    ],
    [
      'an environment without a config',
      [...PLAIN, '--environment', 'production'],
      /--environment .*no effect/,
    ],
    [
      'a champion beside predictions',
      ['gate', '--predictions', 't.csv', '--against', 'm.onnx'],
      /--against .*no eff/,
    ],
    ['no model for a manifest', ['manifest'], /Say for which model/],
  ])('%s: exit 64', async (_, args, sentence) => {
    expectRefusal(await runIn(files, args), 64, sentence);
  });

  it('several models in the config, and none named: exit 64', async () => {
    const two = smallConfig() + smallConfig().replace(/^[\s\S]*models:\n {2}small/, '  other');
    const run = await runIn({ ...files, 'known-good.yml': two }, CONFIGURED);
    expectRefusal(run, 64, /The config has 2 models \("small", "other"\)\. Say which one: --model NAME/);
  });
});

describe('files and names that are not there', () => {
  it.each<[string, string[], RegExp]>([
    ['a model of the config', [...CONFIGURED, '--model', 'big'], /no model "big"; it has: "small"/],
    ['a model with the name of a prototype', [...CONFIGURED, '--model', '__proto__'], /no model "__proto__"/],
    ['an environment', [...CONFIGURED, '--environment', 'moon'], /no environment "moon"/],
    ['a named config', ['gate', '--config', 'nope.yml'], /no config "nope\.yml"/],
    ['the usual config', ['gate', '--model', 'small'], /no config "\.github\/known-good\.yml"/],
    ['an artifact', [...CONFIGURED, '--artifact', 'nope'], /"nope" cannot be read \(there is no such file\)/],
    ['a champion', [...CONFIGURED, '--against', 'nope'], /"nope" cannot be read/],
    ['a model', ['gate', 'nope.onnx', '--data', 't.csv', '--label', 'y'], /"nope\.onnx" cannot be read/],
    ['a table', ['gate', 'm.onnx', '--data', 'nope.csv', '--label', 'y'], /nope\.csv: there is no such file/],
    ['a list of features', [...PLAIN.slice(0, 6), '--features', 'nope.json'], /"nope\.json".*no such file/],
  ])('%s: exit 65', async (_, args, sentence) => {
    expectRefusal(await runIn(files, args), 65, sentence);
  });
});

describe('a broken config', () => {
  it('has all of its mistakes told at once, a line each with its place', async () => {
    const broken = readFileSync(`${ROOT}/test/fixtures/config/broken.yml`, 'utf8');
    const run = await runIn({ 'known-good.yml': broken }, CONFIGURED);
    expectClean(run);
    const [head, ...lines] = run.stderr.trimEnd().split('\n');
    expect(head).toMatch(/^known-good: known-good\.yml has 31 problems; correct it and run again:$/);
    expect(lines).toHaveLength(31);
    for (const line of lines) expect(line).toMatch(/^ {2}known-good\.yml:\d+:\d+ {2}\S/);
    expect([run.code, run.stdout]).toEqual([65, '']);
  });

  it.each([
    ['is not YAML', 'models: [a\n b: c', /2 problems/],
    ['is a bomb of aliases', bomb(), /aliases too often/],
    ['is empty', '', /known-good\.yml/],
    ['is not UTF-8', new Uint8Array([0x76, 0xe9, 0x3a]), /not UTF-8/],
    ['nests without end', '['.repeat(50_000), /nests too deeply/],
  ])('that %s is refused', async (_, text, sentence) => {
    const run = await runIn({ 'known-good.yml': text }, CONFIGURED);
    expectClean(run);
    expect(run.stderr).toMatch(sentence);
    expect([run.code, run.stdout]).toEqual([65, '']);
  });
});

function bomb(): string {
  const lines = Array.from({ length: 12 }, (_, i) => {
    const refs = Array.from({ length: 9 }, () => (i === 0 ? 'x' : `*a${i - 1}`));
    return `a${i}: &a${i} [${refs.join(', ')}]`;
  });
  return lines.join('\n');
}

describe('a report that cannot be written', () => {
  it.each(['taken', 'taken/inside', ...(process.platform === 'linux' ? ['/proc/known-good'] : [])])(
    '--out %s: exit 3',
    async (out) => {
      expectRefusal(
        await runIn(files, [...CONFIGURED, '--out', out]),
        3,
        /cannot be written \(.+\)\. Choose another folder/,
      );
    },
  );
});

describe('help', () => {
  it.each([
    [[], 'known-good gate'],
    [['help', 'gate'], '--against'],
    [['gate', '--help'], '--against'],
    [['--version'], 'known-good '],
  ])('%j is printed, and nothing goes wrong', async (args, text) => {
    const run = await runIn({}, args);
    expect([run.code, run.stderr]).toEqual([0, '']);
    expect(run.stdout).toContain(text);
  });
});
