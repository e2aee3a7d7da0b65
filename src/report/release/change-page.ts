import { shortDigest } from '../../core/release.ts';
import type { ChangeResult } from '../../promotion/change-result.ts';
import { reasonLines } from './lane-page.ts';
import { toPage, type PageLine, type PageOptions, type Tone } from './terminal-page.ts';

const TONES: Readonly<Record<ChangeResult['outcome'], Tone>> = {
  done: 'good',
  nothing: 'good',
  planned: 'plan',
  refused: 'bad',
};

/** The result of lock, unlock, release, register and package for a terminal. */
export function changePage(result: ChangeResult, options: PageOptions = {}): string {
  const { reasons = [], notes = [], release, packaged, undo, next, head, command } = result;
  const [only] = reasons;
  const isOne = reasons.length === 1 && only !== undefined;
  const text =
    reasons.length > 0
      ? `${command} refused${isOne ? '' : `, for ${reasons.length} reasons`}. ${unchanged(result)}`
      : result.message;
  return toPage(
    [
      { kind: 'head', tone: TONES[result.outcome], text },
      { kind: 'blank' },
      ...reasonLines(reasons),
      ...notes.map((note): PageLine => ({ kind: 'text', text: `- ${note}`, indent: 2, hang: 2 })),
      ...(packaged === undefined ? [] : packagedLines(packaged)),
      ...(release === undefined || command !== 'register' ? [] : releaseLines(release)),
      { kind: 'blank' },
      ...(next === undefined ? [] : [verbatim('next', `known-good ${next}`)]),
      ...(undo === undefined ? [] : [verbatim('undo', `known-good ${undo}`)]),
      ...(head === undefined ? [] : [verbatim('ledger', head)]),
    ],
    options,
  );
}

/** An artifact that was pushed before stays where it is: it has no version, and harms nobody. */
function unchanged({ packaged }: ChangeResult): string {
  return packaged === undefined
    ? 'Nothing was changed.'
    : 'The artifact is in the registry, and no release was registered.';
}

/** The result on one line, for `--quiet`. */
export function changeLine(result: ChangeResult): string {
  return toPage([{ kind: 'head', tone: TONES[result.outcome], text: result.message }]).replace(/\n +/g, ' ');
}

function packagedLines({ image, digest, artifact, tag }: NonNullable<ChangeResult['packaged']>): PageLine[] {
  return [verbatim('image', `${image}:${tag}`), verbatim('digest', digest), verbatim('artifact', artifact)];
}

function releaseLines({ artifact, carries, sha, golden }: NonNullable<ChangeResult['release']>): PageLine[] {
  const how =
    carries === 'unproved'
      ? 'nothing in the image proves it; label the image, or package it with known-good'
      : `proved by its ${carries}`;
  return [
    ...(artifact === undefined
      ? []
      : [{ kind: 'field', label: 'artifact', text: `${shortDigest(artifact)}, ${how}` } as const]),
    ...(sha === undefined ? [] : [{ kind: 'field', label: 'commit', text: sha } as const]),
    ...(golden === undefined
      ? []
      : [{ kind: 'field', label: 'golden', text: 'one recorded answer, for probes' } as const]),
  ];
}

function verbatim(label: string, text: string): PageLine {
  return { kind: 'verbatim', label, text };
}
