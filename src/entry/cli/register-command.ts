import { findRegistered } from '../../app/release/find-registered.ts';
import { packageModel, type PackagedResult } from '../../app/release/package-model.ts';
import { register } from '../../app/release/register.ts';
import { parseDigest } from '../../core/digest.ts';
import { KnownGoodError } from '../../core/errors.ts';
import { modelImages, nextPromotion, type ModelImages } from './model-images.ts';
import { parseFlags } from './parse-flags.ts';
import { printChange } from './print-result.ts';
import { argumentsOf, SHARED_FLAGS } from './release-flags.ts';
import type { Command } from './run-cli.ts';

const text = { type: 'string' } as const;
const OPTIONS = {
  ...SHARED_FLAGS,
  'dry-run': { type: 'boolean', default: false },
  model: text,
  version: text,
  digest: text,
  sha: text,
  artifact: text,
  image: text,
  evidence: { type: 'string', multiple: true },
} as const;

const USAGE = 'register --model M --version V [--digest D] [--sha SHA] [--evidence verdict.json]…';

/** `known-good register`. With `--artifact` and no `--digest` the artifact is packaged first; with neither the ledger knows the release. */
export const registerCommand: Command = async (args, host) => {
  const { values, positionals } = parseFlags(args, OPTIONS);
  argumentsOf(positionals, { usage: USAGE, least: 0, most: 0 });
  const { version, digest, artifact, sha, evidence = [], 'dry-run': dryRun } = values;
  const isNew = digest !== undefined || artifact !== undefined;
  if (isNew ? version === undefined : evidence.length === 0)
    throw new KnownGoodError(
      'usage',
      `Say which version and which image: known-good ${USAGE}; or --artifact FOLDER in place of --digest, which is packaged then. For a release that is registered --evidence is enough.`,
    );
  const named = digest === undefined ? undefined : parseDigest(digest);
  const images = await modelImages(values, host);
  if (!isNew || version === undefined) {
    const { model, context } = images;
    const known = await findRegistered(context.ports, { model, version, evidence });
    return registerIt(images, { ...known, sha, evidence, artifact, dryRun });
  }
  if (named !== undefined)
    return registerIt(images, { version, digest: named, sha, evidence, artifact, dryRun });
  const packaged = await packageModel(images.context.ports, {
    ...images,
    artifact: artifact ?? '',
    dryRun,
  });
  if (dryRun) return printChange(images.context, packaged);
  const pushed = parseDigest(packaged.packaged.digest);
  return registerIt(images, { version, digest: pushed, sha, evidence, artifact, dryRun }, packaged);
};

/** What the flags say of the release. */
export interface RegisterWish {
  version: string;
  digest: ReturnType<typeof parseDigest>;
  sha: string | undefined;
  evidence: readonly string[];
  artifact: string | undefined;
  dryRun: boolean;
}

/** Registers and prints; returns the exit code. A refusal says what was pushed before. */
export async function registerIt(
  images: ModelImages,
  wish: RegisterWish,
  pushed?: PackagedResult,
): Promise<number> {
  const { context, model, image, configured } = images;
  const result = await register(context.ports, { model, image, configured, ...wish });
  const next = result.release === undefined ? undefined : nextPromotion(context, result.release);
  if (result.outcome === 'refused' && pushed !== undefined) {
    const message = `${pushed.message} It was not registered: ${result.message}`;
    return printChange(context, { ...result, packaged: pushed.packaged, message });
  }
  const isDone = result.outcome === 'done' || result.outcome === 'nothing';
  return printChange(context, isDone && next !== undefined ? { ...result, next } : result);
}
