import { describe, expect, it } from 'vitest';
import { anchorTag, isAnchorOf } from '../../../../src/app/release/anchor-tag.ts';
import { packageModel } from '../../../../src/app/release/package-model.ts';
import { parseTag } from '../../../../src/core/image.ts';
import { LANE } from '../../../support/lane-story.ts';

const LONG = 'x'.repeat(128);

describe('the anchors of a tag', () => {
  it.each(['prod', LONG])('are known by their names: %s', (tag) => {
    const anchor = anchorTag(parseTag(tag), 1_000_000);
    expect(isAnchorOf(anchor, tag)).toBe(true);
    expect(isAnchorOf(anchor, 'staging')).toBe(false);
  });

  it.each(['prod', 'prod-', 'prod-0', 'prod-07', 'prod-7a', 'prod-a', 'xprod-7', 'prod7'])(
    'are not all tags that look like it: %s',
    (name) => {
      expect(isAnchorOf(name, 'prod')).toBe(false);
    },
  );

  it('are given to no package, and nothing is read or pushed', async () => {
    const ports = { files: undefined as never, registries: { open: () => undefined as never } };
    const order = { model: 'bank', image: 'ghcr.io/acme/bank', artifact: 'model.onnx', tag: 'prod-7' };
    const lanes = [{ lane: LANE, tag: 'prod' }];
    await expect(packageModel(ports, { ...order, lanes })).rejects.toThrow(
      'The tag prod-7 is the name of an anchor of bank/production: promotions keep what they moved under prod and a number. Nothing was pushed. Take another --tag, or none.',
    );
  });
});
