import { describe, expect, it } from 'vitest';
import { acceptedPermissions } from '../../../../../src/adapters/github/client/accepted-permissions.ts';

describe('acceptedPermissions', () => {
  it.each([
    ['contents=write', 'contents: write'],
    ['issues=write; pull_requests=write', 'issues: write or pull-requests: write'],
    ['contents=read,actions=write', 'contents: read and actions: write'],
    ['metadata=read,checks=write', 'checks: write'],
    ['administration=write; contents=write', 'contents: write'],
  ])('%s', (header, expected) => {
    expect(acceptedPermissions(header)).toBe(expected);
  });

  it.each([null, '', 'metadata=read', 'administration=write', 'contents=admin', 'issues=write\n::x', '=;,'])(
    'says nothing for %s',
    (header) => {
      expect(acceptedPermissions(header)).toBeUndefined();
    },
  );
});
