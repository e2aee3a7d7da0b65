import { packageModel } from '../../app/release/package-model.ts';
import { parseDigest } from '../../core/digest.ts';
import { KnownGoodError } from '../../core/errors.ts';
import { lanesOfImage, modelImages } from './model-images.ts';
import { parseFlags } from './parse-flags.ts';
import { printChange } from './print-result.ts';
import { registerIt } from './register-command.ts';
import { argumentsOf, SHARED_FLAGS } from './release-flags.ts';
import type { Command } from './run-cli.ts';

const text = { type: 'string' } as const;
const OPTIONS = {
  ...SHARED_FLAGS,
  'dry-run': { type: 'boolean', default: false },
  model: text,
  image: text,
  artifact: text,
  tag: text,
  version: text,
  sha: text,
  evidence: { type: 'string', multiple: true },
} as const;

const USAGE = 'package --model M [--artifact FOLDER] [--version V [--evidence verdict.json]…]';

/** `known-good package`. With `--version` the image is registered as well. */
export const packageCommand: Command = async (args, host) => {
  const { values, positionals } = parseFlags(args, OPTIONS);
  const [given] = argumentsOf(positionals, { usage: USAGE, least: 0, most: 1 });
  const { version, sha, evidence = [], tag, 'dry-run': dryRun } = values;
  if (version === undefined && (sha !== undefined || evidence.length > 0))
    throw new KnownGoodError('usage', '--sha and --evidence register a release: give --version as well.');
  const images = await modelImages(values, host);
  const { context, model, image } = images;
  const artifact = given ?? values.artifact ?? images.configured;
  if (artifact === undefined) throw new KnownGoodError('usage', `Say what to package: known-good ${USAGE}.`);
  const lanes = lanesOfImage(context, image);
  const result = await packageModel(context.ports, { model, image, artifact, tag, lanes, dryRun });
  if (version === undefined || dryRun) return printChange(context, result);
  if (!values.quiet && !values.json) host.stderr.write(`  ${result.packaged.digest} pushed.\n`);
  const digest = parseDigest(result.packaged.digest);
  return registerIt(images, { version, digest, sha, evidence, artifact, dryRun }, result);
};
