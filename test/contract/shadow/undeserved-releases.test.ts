import { afterAll, describe, expect, it } from 'vitest';
import {
  NAMED,
  SILENT,
  TRUSTED,
  UNVERSIONED,
  every,
  lookAtRows,
  type Undeserved,
} from '../../support/shadow-changes.ts';
import { goodRows, shadowFiles } from '../../support/shadow-scene.ts';

const files = shadowFiles();
afterAll(() => files.remove());

/** Each makes of a log that passes one that must not, and names the gate that must say so. */
const UNDESERVED: Undeserved[] = [
  ['no versions', (row) => ({ ...row, ...UNVERSIONED }), 'log.versions hold'],
  [
    'no versions, where releases are named and nobody vouches',
    (row) => ({ ...row, ...UNVERSIONED }),
    'log.versions hold',
    { releases: NAMED },
  ],
  [
    'no versions, where somebody vouches and names nobody',
    (row) => ({ ...row, ...UNVERSIONED }),
    'log.versions hold',
    { trustLog: true },
  ],
  [
    'version columns without a version',
    (row) => ({ ...row, champion_version: null, challenger_version: null }),
    'log.versions hold',
  ],
  ['the version of one model alone', (row) => ({ ...row, champion_version: undefined }), 'log.versions hold'],
  ['other versions than those that somebody vouches for', (row) => row, 'log.requests hold', TRUSTED],
  [
    'another version of one model than somebody vouches for',
    (row) => ({ ...row, champion_version: undefined }),
    'log.requests hold',
    TRUSTED,
  ],
  [
    'many answers without a version',
    (row, i) => (every(5, i) ? { ...row, champion_version: null, challenger_version: null } : row),
    'log.without-version hold',
  ],
  [
    'many answers of the champion without its version',
    (row, i) => (every(5, i) ? { ...row, champion_version: null } : row),
    'log.without-version hold',
  ],
  [
    'a challenger that fails before it tells its version',
    (row, i) => (every(20, i) ? { ...row, ...SILENT, challenger_error: 'refused' } : row),
    'errors.increase fail',
  ],

  [
    'rows without an id',
    (row, i) => (every(5, i) ? { ...row, request_id: null } : row),
    'log.unusable error',
  ],
  [
    'rows without a time',
    (row, i) => (every(5, i) ? { ...row, timestamp: null } : row),
    'log.unusable error',
  ],
  [
    'times that are none',
    (row, i) => (every(500, i) ? { ...row, timestamp: 'yesterday' } : row),
    'log.malformed error',
  ],
  [
    'one request from the future, which would make all labels mature',
    (row, i) => (i === 7 ? { ...row, timestamp: '2099-01-01T00:00:00Z' } : row),
    'log.unusable error',
  ],
  [
    'a window without a request',
    (row) => row,
    'log.requests hold',
    { window: { from: Date.parse('2030-01-01') } },
  ],
];

describe('a shadow does not pass on requests of nobody knows whom', () => {
  it.each(UNDESERVED)('%s', async (_, ...[change, gate, wish = {}]) => {
    const scene = await lookAtRows(files, goodRows(3000, change), wish);
    expect(scene.trouble).toContain(gate);
    expect(scene.verdict.outcome).not.toBe('pass');
  });
});
