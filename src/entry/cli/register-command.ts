import { packageModel } from '../../app/release/package-model.ts';
import { register } from '../../app/release/register.ts';
import { parseDigest } from '../../core/digest.ts';
import { KnownGoodError } from '../../core/errors.ts';
import { firstPromotion, modelImages, type ModelImages } from './model-images.ts';
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

const USAGE = 'register --model M --version V --digest D [--sha SHA] [--evidence verdict.json]…';

/** `known-good register`. With `--artifact` and no `--digest` the artifact is packaged first. */
export const registerCommand: Command = async (args, host) => {
  const { values, positionals } = parseFlags(args, OPTIONS);
  argumentsOf(positionals, { usage: USAGE, least: 0, most: 0 });
  const { version, digest, artifact, sha, evidence = [], 'dry-run': dryRun } = values;
  if (version === undefined || (digest === undefined && artifact === undefined))
    throw new KnownGoodError(
      'usage',
      `Say which version and which image: known-good ${USAGE}; or --artifact FOLDER in place of --digest, which is packaged then.`,
    );
  const named = digest === undefined ? undefined : parseDigest(digest);
  const images = await modelImages(values, host);
  if (named !== undefined)
    return registerIt(images, { version, digest: named, sha, evidence, artifact, dryRun });
  const packaged = await packageModel(images.context.ports, {
    ...images,
    artifact: artifact ?? '',
    dryRun,
  });
  if (dryRun) return printChange(images.context, packaged);
  const pushed = parseDigest(packaged.packaged.digest);
  return registerIt(images, { version, digest: pushed, sha, evidence, artifact, dryRun });
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

/** Registers and prints; returns the exit code. */
export async function registerIt(images: ModelImages, wish: RegisterWish): Promise<number> {
  const { context, model, image, configured } = images;
  const result = await register(context.ports, { model, image, configured, ...wish });
  const next = firstPromotion(context, { model, version: wish.version });
  const isDone = result.outcome === 'done' || result.outcome === 'nothing';
  return printChange(context, isDone && next !== undefined ? { ...result, next } : result);
}
