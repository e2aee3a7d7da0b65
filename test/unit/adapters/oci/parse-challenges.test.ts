import { describe, expect, it } from 'vitest';
import { parseChallenges } from '../../../../src/adapters/oci/parse-challenges.ts';

const parsed = (header: string) =>
  parseChallenges(header).map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)]);

describe('parseChallenges', () => {
  it.each([
    ['', []],
    ['Basic realm="Amazon ECR"', [['basic', { realm: 'Amazon ECR' }]]],
    [
      'Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="repository:a/b:pull,push"',
      [
        [
          'bearer',
          {
            realm: 'https://auth.docker.io/token',
            service: 'registry.docker.io',
            scope: 'repository:a/b:pull,push',
          },
        ],
      ],
    ],
    [
      'Basic realm="a, b", Bearer realm=x , service="s\\"q\\\\"',
      [
        ['basic', { realm: 'a, b' }],
        ['bearer', { realm: 'x', service: 's"q\\' }],
      ],
    ],
    [
      'Negotiate, NTLM TlRMTVNTUAAB==, BEARER Realm = "y"',
      [
        ['negotiate', {}],
        ['ntlm', {}],
        ['bearer', { realm: 'y' }],
      ],
    ],
    [
      'Bearer error="insufficient_scope",realm="z"',
      [['bearer', { error: 'insufficient_scope', realm: 'z' }]],
    ],
    ['Bearer realm="never ends', [['bearer', {}]]],
    ['"', []],
    [',, , Basic', [['basic', {}]]],
  ])('reads %s', (header, expected) => {
    expect(parsed(header).slice(0, expected.length)).toEqual(expected);
  });

  it('ends on long nonsense', () => {
    expect(parseChallenges('a="'.repeat(20_000)).length).toBeLessThan(20_001);
  });
});
