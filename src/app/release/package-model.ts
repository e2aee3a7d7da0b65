import { KnownGoodError } from '../../core/errors.ts';
import { parseImageRepository, parseTag } from '../../core/image.ts';
import { formatLane, type Lane } from '../../core/lane.ts';
import type { Files } from '../../core/ports.ts';
import { shortDigest } from '../../core/release.ts';
import type { ChangeResult } from '../../promotion/change-result.ts';
import { defaultPackageTag, packageArtifact, planPackage } from '../package/package-artifact.ts';
import { isAnchorOf } from './anchor-tag.ts';
import type { ReleasePorts } from './release-ports.ts';

/** An artifact that is to be put into its model's image repository. */
export interface PackageOrder {
  model: string;
  image: string;
  /** Folder or file. */
  artifact: string;
  /** `artifact-` and 16 digits of its digest if not said. */
  tag?: string | undefined;
  /** Tags of this image that environments have: only promotions put something under them. */
  lanes?: readonly { lane: Lane; tag: string }[] | undefined;
  dryRun?: boolean | undefined;
}

/** How packaging ended, and where the artifact is now. */
export type PackagedResult = ChangeResult & { packaged: NonNullable<ChangeResult['packaged']> };

/**
 * Packages an artifact and says where it is now; the same artifact has the same digest everywhere. A tag of an environment or of one of its
 * anchors, be it there already or not, is an `input` error.
 */
export async function packageModel(
  { files, registries }: Pick<ReleasePorts, 'registries'> & { files: Files },
  { model, image, artifact, tag, lanes = [], dryRun }: PackageOrder,
): Promise<PackagedResult> {
  const named = tag === undefined ? undefined : parseTag(tag);
  const owner = lanes.find((each) => each.tag === named);
  if (owner !== undefined) throw environmentTag(owner);
  const anchored = lanes.find((each) => named !== undefined && isAnchorOf(named, each.tag));
  if (named !== undefined && anchored !== undefined) throw anchorName(named, anchored);
  const registry = registries.open(parseImageRepository(image));
  const base = { schema: 1, command: 'package' } as const;
  if (dryRun === true) {
    const pack = await planPackage(artifact, files);
    const { digest } = pack.manifest;
    const planned = {
      image,
      digest,
      artifact: pack.artifact,
      tag: named ?? defaultPackageTag(pack.artifact),
    };
    const message = `Would package ${artifact} as ${shortDigest(digest)} of ${model}.`;
    return { ...base, outcome: 'planned', message, packaged: planned };
  }
  const done = await packageArtifact(
    { artifact, ...(named === undefined ? {} : { tag: named }) },
    { files, registry },
  );
  const packaged = { image, digest: done.digest, artifact: done.artifact, tag: done.tag };
  const message = done.written
    ? `${artifact} is packaged as ${shortDigest(done.digest)} of ${model}.`
    : `${artifact} was packaged already, as ${shortDigest(done.digest)} of ${model}.`;
  const next = `register --model ${model} --version VERSION --digest ${done.digest} --evidence verdict.json`;
  return { ...base, outcome: done.written ? 'done' : 'nothing', message, packaged, next };
}

/** A promotion would overwrite it, or a clean-up spare it that no promotion needs. */
function anchorName(name: string, { lane, tag }: { lane: Lane; tag: string }): KnownGoodError {
  return new KnownGoodError(
    'input',
    `The tag ${name} is the name of an anchor of ${formatLane(lane)}: promotions keep what they moved under ${tag} and a number. Nothing was pushed. Take another --tag, or none.`,
  );
}

/** Something under that tag would serve without a gate, and the first promotion would find a tag that the ledger does not know. */
function environmentTag({ lane, tag }: { lane: Lane; tag: string }): KnownGoodError {
  const name = formatLane(lane);
  return new KnownGoodError(
    'input',
    `The tag ${tag} is that of ${name}, and only a promotion puts something under it. Nothing was pushed. Take another --tag, or none; to bring a release there: known-good promote ${name}`,
  );
}
