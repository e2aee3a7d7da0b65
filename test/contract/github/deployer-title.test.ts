import { describe, expect, it } from 'vitest';
import { deployTitle, parseDeployTitle } from '../../../src/adapters/github/deployer/deploy-title.ts';
import { digestOf } from '../../../src/core/digest.ts';

const lane = { model: 'bank', environment: 'prod' };

describe('the title of a deployment', () => {
  it('is read as it is written', () => {
    const request = {
      ...lane,
      image: 'i',
      digest: digestOf(''),
      sha: undefined,
      version: '1.8.0+b',
      seq: 7,
      operation: 'op',
    };
    const title = deployTitle(request);
    expect(title).toBe('deploy bank/prod #7 1.8.0+b op');
    expect(parseDeployTitle(title)).toEqual({ ...lane, seq: 7, version: '1.8.0+b', operation: 'op' });
  });

  it('ends with the operation, whatever the version is', () => {
    const expected = { ...lane, seq: 7, version: 'a version #8', operation: 'op' };
    expect(parseDeployTitle('deploy bank/prod #7 a version #8 op')).toEqual(expected);
  });

  it.each([
    [''],
    ['deploy'],
    ['Deploy bank/prod #7 1 op'],
    [' deploy bank/prod #7 1 op'],
    ['deploy bank/prod #7 1 op\ndeploy bank/prod #9 1 op'],
    ['deploy bank/prod/x #7 1 op'],
    ['deploy bank #7 1 op'],
    ['deploy bank/prod 7 1 op'],
    ['deploy bank/prod #-7 1 op'],
    ['deploy bank/prod #7.5 1 op'],
    ['deploy bank/prod #9999999999999999 1 op'],
    ['deploy bank/prod #7 1 '],
    ['deploy bank/prod #7 op'],
    [`deploy bank/prod #7 ${'v'.repeat(300)} op`],
  ])('%j is none', (title) => {
    expect(parseDeployTitle(title)).toBeUndefined();
  });
});
