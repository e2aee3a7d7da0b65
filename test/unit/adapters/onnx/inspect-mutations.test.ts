import { describe, expect, it } from 'vitest';
import { inspectBytes } from '../../../../src/adapters/onnx/inspect-bytes.ts';
import { bypassZipMap } from '../../../../src/adapters/onnx/bypass-zip-map.ts';
import { TEST_LIMITS, modelBytes, modelNames } from '../../../support/onnx-fixtures.ts';

const SMALL = [...modelNames('onnx'), 'bank/champion', 'bank/champion-columns', 'bike/champion'];

/** A linear congruential generator (Numerical Recipes), so that a failure can be repeated. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

describe('inspectBytes on damaged files', () => {
  it.each(modelNames('onnx'))('refuses %s wherever it is cut off', (name) => {
    const bytes = modelBytes(name);
    for (let end = 0; end < bytes.length; end++) {
      const { problems, opsets } = inspectBytes(bytes.subarray(0, end), TEST_LIMITS);
      // skl2onnx ends with the standard operator set, twice, also where no node needs it: 12 bytes to spare.
      const isStillWhole = opsets.length > 0 && name.endsWith('-plain') && end >= bytes.length - 12;
      expect(problems.length > 0 || isStillWhole, `cut at ${end} of ${bytes.length}`).toBe(true);
    }
  });

  it('says that a model was cut off', () => {
    const bytes = modelBytes('bank/challenger');
    expect(inspectBytes(bytes.subarray(0, 40_000), TEST_LIMITS).problems).toEqual([
      { code: 'truncated', message: expect.stringContaining('The file is cut off') },
    ]);
  });

  it.each(SMALL)('survives flipped bytes in %s', (name) => {
    const random = seeded(20_261_120);
    const original = modelBytes(name);
    for (let round = 0; round < 300; round++) {
      const bytes = Uint8Array.from(original);
      for (let flips = 1 + random(4); flips > 0; flips--) bytes[random(bytes.length)] = random(256);
      const { problems } = inspectBytes(bytes, TEST_LIMITS);
      expect(problems.every((each) => each.message.length < 1_000)).toBe(true);
      expect(bypassZipMap(bytes).length).toBeGreaterThan(0);
    }
  });

  it('takes no random bytes for a model', () => {
    const random = seeded(7);
    for (let round = 0; round < 2_000; round++) {
      const bytes = Uint8Array.from({ length: random(400) }, () => random(256));
      expect(inspectBytes(bytes, TEST_LIMITS).problems.length).toBeGreaterThan(0);
    }
  });
});
