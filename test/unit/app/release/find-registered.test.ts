import { expect, it } from 'vitest';
import { findRegistered } from '../../../../src/app/release/find-registered.ts';
import { digestOf } from '../../../../src/core/digest.ts';
import { LedgerBook, sampleVerdict } from '../../../support/ledger-book.ts';
import { memoryFiles } from '../../../support/memory-ports.ts';
import { sampleRelease } from '../../../support/model/world.ts';
import { releasePath, versionPath } from '../../../../src/ledger/paths.ts';
import { writeDocument, writePointer } from '../../../../src/ledger/document.ts';

const RELEASE = sampleRelease('2.0.0');
const MODEL = RELEASE.model;

function verdictOf(image?: string): string {
  return JSON.stringify(sampleVerdict('2.0.0', image === undefined ? {} : { image: { digest: image } }));
}

const files = memoryFiles({
  'shadow.json': verdictOf(RELEASE.digest),
  'again.json': verdictOf(RELEASE.digest),
  'other.json': verdictOf(digestOf('other')),
  'gate.json': verdictOf(),
});

async function ports() {
  const { ledger } = new LedgerBook();
  await ledger.append({
    parent: undefined,
    message: 'registered',
    files: {
      [releasePath(MODEL, RELEASE.digest)]: writeDocument(RELEASE),
      [versionPath(MODEL, RELEASE.version)]: writePointer(RELEASE.digest),
    },
  });
  return { ledger, files };
}

it.each([
  ['its version', { version: '2.0.0', evidence: ['gate.json'] }],
  ['the image of its verdict', { evidence: ['shadow.json'] }],
  ['the one image of several verdicts', { evidence: ['shadow.json', 'again.json'] }],
])('finds a registered release by %s', async (_, wish) => {
  const found = await findRegistered(await ports(), { model: MODEL, ...wish });
  expect(found).toEqual({ version: '2.0.0', digest: RELEASE.digest });
});

it.each([
  ['an unknown version', { version: '9.0.0', evidence: ['shadow.json'] }, /9\.0\.0" is not registered yet/],
  ['what is no version', { version: '../x', evidence: ['shadow.json'] }, /"\.\.\/x" is not registered yet/],
  ['a verdict of no image', { evidence: ['gate.json'] }, /name no image\. .*--version V/],
  ['different images', { evidence: ['shadow.json', 'other.json'] }, /speak of different images/],
  ['one of none', { evidence: ['shadow.json', 'gate.json'] }, /speak of different images/],
  ['an unknown image', { evidence: ['other.json'] }, /no registered release of .*--version V --digest/],
  ['a file that is not there', { evidence: ['none.json'] }, /There is no file "none\.json"/],
])('does not guess by %s', async (_, wish, message) => {
  await expect(findRegistered(await ports(), { model: MODEL, ...wish })).rejects.toThrow(message);
});
