import { describe, expect, it } from 'vitest';
import { known, unknown } from '../../../../src/core/fact.ts';
import type { Signature, TensorInfo } from '../../../../src/core/model.ts';
import { checkSignature } from '../../../../src/gate/checks/signature.ts';
import type { Contract, GateFacts } from '../../../../src/gate/facts.ts';
import { planInputs } from '../../../../src/gate/mapping/input-plan.ts';
import {
  gateFacts,
  settingsOf,
  side,
  sideOf,
  sideWith,
  SIGNATURE,
  WHY,
} from '../../../support/gate-facts.ts';

const check = (more: Partial<GateFacts>) => checkSignature(gateFacts(more), settingsOf())[0]!;
const contract = (features: string[], source: Contract['source'] = 'config', types?: Contract['types']) =>
  known({ features, source, ...(types === undefined ? {} : { types }) });
const names = (...features: string[]) => sideOf({ metadata: { feature_names: JSON.stringify(features) } });

describe('the features of one matrix', () => {
  it.each<[string, string[], RegExp]>([
    ['extra', ['a', 'b', 'duration'], /1 feature that serving does not send: "duration".*lists 3.*has 2/],
    ['missing', ['a'], /does not know 1 feature of the contract: "b"/],
    ['in another order', ['b', 'a'], /another order.*number 1 is "b".*"a" in the contract/],
    ['renamed', ['a', 'B'], /"B".*"b"/],
    ['named twice', ['a', 'b', 'b'], /./],
  ])('%s fail by name', (_, features, sentence) => {
    const seen = check({ challenger: names(...features), champion: undefined });
    if (features.length === 3 && features[2] === 'b') return expect(seen.outcome).toBe('pass');
    expect(seen).toMatchObject({ outcome: 'fail', role: 'gate', reason: 'signature-differs' });
    expect(seen.message).toMatch(sentence);
  });

  it('that the model does not list are not called checked', () => {
    const seen = check({ challenger: sideOf({ metadata: {} }) });
    expect(seen).toMatchObject({ outcome: 'pass', message: expect.stringMatching(/does not list its own/) });
  });

  it('by the manifest count where the model is silent, and never above it', () => {
    const manifest = { fields: { features: ['b', 'a'] }, problems: [] };
    const documents = { ...gateFacts().documents, manifest };
    expect(check({ documents, challenger: sideOf({ metadata: {} }) })).toMatchObject({ outcome: 'fail' });
    expect(check({ documents, challenger: names('a', 'b') })).toMatchObject({ outcome: 'pass' });
  });

  it('of the model or the table alone are shown, and no gate', () => {
    for (const source of ['model', 'table'] as const)
      expect(check({ contract: contract(['a', 'b'], source) })).toMatchObject({
        role: 'inform',
        outcome: 'pass',
      });
  });
});

const column = (name: string, type = 'float32'): TensorInfo => ({ name, type, shape: [undefined, 1] });
const columns = (...inputs: TensorInfo[]) => {
  const signature: Signature = { inputs, outputs: SIGNATURE.outputs };
  return sideWith(signature, {
    inputs: planInputs(
      signature,
      inputs.map((each) => each.name),
    ),
  });
};

describe('the features of one input a column', () => {
  it('may stand in any order, and must have their names', () => {
    expect(check({ challenger: columns(column('b'), column('a')) }).outcome).toBe('pass');
    expect(check({ challenger: columns(column('a'), column('c')) }).message).toMatch(/"c".*"b"/s);
  });

  it('are the columns that the config gives the inputs', () => {
    const signature = { ...SIGNATURE, inputs: [column('n'), column('t', 'string')] };
    const challenger = sideWith(signature, { inputs: planInputs(signature, [], { n: ['a'], t: ['b'] }) });
    expect(check({ challenger }).outcome).toBe('pass');
  });

  const typed = (types: Contract['types'], type: string) =>
    check({
      challenger: columns(column('a'), column('b', type)),
      contract: contract(['a', 'b'], 'config', types),
    });
  it.each<[string, Contract['types'], string, string]>([
    ['text to a float input', { b: 'string' }, 'float32', 'fail'],
    ['a number to a text input', { b: 'int64' }, 'string', 'fail'],
    ['an unnamed one, so a number, to a text input', { a: 'float32' }, 'string', 'fail'],
    ['text to a text input', { b: 'string' }, 'string', 'pass'],
    ['a whole number to a float input', { b: 'int64' }, 'float32', 'pass'],
    ['no types at all', undefined, 'string', 'pass'],
  ])('by the contract’s types: %s', (_, ...[types, type, outcome]) => {
    const seen = typed(types, type);
    expect(seen.outcome).toBe(outcome);
    if (outcome === 'fail')
      expect(seen.message).toMatch(/Feature "b" is .* in the contract; input "b" takes/);
  });
});

describe('what the champion’s callers read', () => {
  const [label, p] = SIGNATURE.outputs;
  const outputs = (...changed: TensorInfo[]) => sideWith({ ...SIGNATURE, outputs: changed });
  it.each<[string, ReturnType<typeof side>, RegExp]>([
    ['an output that is gone', outputs(p!), /output "label" is gone \(outputs now: "p"\)/],
    ['a renamed output', outputs(label!, { ...p!, name: 'probs' }), /output "p" is gone/],
    [
      'a retyped output',
      outputs({ ...label!, type: 'string' }, p!),
      /"label" is string; the champion's is int64/,
    ],
    [
      'an output of another rank',
      outputs(label!, { ...p!, shape: [undefined] }),
      /"p" has 1 dimension; .* has 2/,
    ],
    ['inputs that do not fit', side({ inputs: unknown('Input "x" takes 3 columns.') }), /takes 3 columns/],
  ])('%s fails', (_, challenger, sentence) => {
    const seen = check({ challenger: { ...challenger, structure: sideOf({}).structure } });
    expect(seen).toMatchObject({ outcome: 'fail' });
    expect(seen.message).toMatch(sentence);
  });

  it('may have one more output, and outputs in another order', () => {
    expect(check({ challenger: outputs(p!, label!, { ...p!, name: 'more' }) }).outcome).toBe('pass');
  });

  it('are the inputs too, where the champion is the contract', () => {
    const renamed = { ...SIGNATURE, inputs: [{ ...SIGNATURE.inputs[0]!, name: 'z' }] };
    const challenger = { ...sideWith(renamed), structure: sideOf({}).structure };
    expect(check({ challenger }).outcome).toBe('pass');
    const seen = check({ challenger, contract: contract(['a', 'b'], 'champion') });
    expect(seen.message).toMatch(/champion's input "x" is gone \(inputs now: "z"\)/);
  });

  it('that did not load hold', () => {
    expect(check({ champion: side({ opened: unknown(WHY) }) })).toMatchObject({
      outcome: 'hold',
      role: 'gate',
    });
  });

  it('nothing is asked of a model that was not loaded, or without a contract, but an error', () => {
    expect(check({ challenger: side({ opened: unknown(WHY) }) }).outcome).toBe('error');
    expect(check({ contract: unknown(WHY) })).toMatchObject({ outcome: 'error', message: WHY });
  });
});
