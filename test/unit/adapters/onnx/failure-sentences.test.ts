import { describe, expect, it } from 'vitest';
import { describeRefusal } from '../../../../src/adapters/onnx/describe-refusal.ts';
import {
  describeExit,
  describeMemory,
  describeTimeout,
} from '../../../../src/adapters/onnx/failure-sentences.ts';
import { TailText } from '../../../../src/adapters/onnx/tail-text.ts';

function outputOf(text: string): TailText {
  const output = new TailText();
  output.push(text);
  return output;
}

describe('failure sentences', () => {
  it('say what was seen and what the limit is', () => {
    expect(describeTimeout('answer', 2_500)).toBe(
      'The model did not answer within 2.5 s, the time limit. Its process was ended.',
    );
    expect(describeMemory(663 * 2 ** 20, 600 * 2 ** 20)).toBe(
      "The model's process took 663 MiB of memory; the limit is 600 MiB. It was ended.",
    );
  });

  it.each([
    ['', { code: null, signal: 'SIGSEGV' }, 'crashed (SIGSEGV).'],
    ['', { code: null, signal: 'SIGKILL' }, 'was killed from outside'],
    ['a\nError: gone\n    at x\n', { code: 1, signal: null }, 'exit code 1. Its last words: "Error: gone".'],
    ['', { code: 'spawn ENOENT', signal: null }, 'did not start ("spawn ENOENT")'],
    ['::set-output name=x::y \x1b[31m', { code: 1, signal: null }, '"::set-output name=x::y [31m"'],
  ])('tell how a process that printed %j ended: %j', (output, exit, sentence) => {
    expect(describeExit({ ...exit, output: outputOf(output) })).toMatchObject({
      name: 'ModelFailure',
      kind: 'crashed',
      message: expect.stringContaining(sentence),
    });
  });

  it('know a full JavaScript heap', () => {
    const output = outputOf(
      'FATAL ERROR: Reached heap limit Allocation failed - JavaScript heap out of memory',
    );
    expect(describeExit({ code: null, signal: 'SIGABRT', output }).kind).toBe('memory');
  });

  it('keep the end of endless output', () => {
    const output = outputOf('x'.repeat(100_000));
    output.push('\nlast line\n');
    expect(output.lastLine()).toBe('last line');
  });

  it.each([
    [
      'Failed to allocate memory for requested buffer of size 4294967296',
      'The model asked for 4096 MiB of memory at once',
    ],
    ['Status Message: /onnxruntime_src/onnxruntime/core/a.cc:12 bad\nthing', '"Status Message: bad thing"'],
  ])('shorten what ONNX Runtime says: %s', (text, sentence) => {
    expect(describeRefusal(new Error(text))).toContain(sentence);
  });
});
