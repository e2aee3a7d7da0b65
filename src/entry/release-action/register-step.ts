import { chooseModel } from '../../app/gate/request-from-config.ts';
import { configRoot, rootedModel } from '../../app/gate/rooted-model.ts';
import { findRegistered, type Registered } from '../../app/release/find-registered.ts';
import { packageModel, type PackagedResult } from '../../app/release/package-model.ts';
import { register } from '../../app/release/register.ts';
import { parseDigest } from '../../core/digest.ts';
import { KnownGoodError } from '../../core/errors.ts';
import { LANE_NAME } from '../../core/lane.ts';
import { seen } from '../../core/seen.ts';
import type { ChangeResult } from '../../promotion/change-result.ts';
import { lanesOfImage, nextPromotion } from '../cli/model-images.ts';
import type { RegisterInputs } from './action-inputs.ts';
import { reportChange, type StepReport } from './lane-report.ts';
import { isPullRequest, neededConfig, type ActionContext } from './open-action.ts';

/** actions/register: what `known-good register` does. The commit of the run is taken where nothing names another. */
export async function registerStep(inputs: RegisterInputs, context: ActionContext): Promise<StepReport> {
  const { version, digest, artifact, evidence = [] } = inputs;
  const isNew = digest !== undefined || artifact !== undefined;
  if (isNew ? version === undefined : evidence.length === 0) throw incomplete();
  if (evidence.length > 0 && isPullRequest(context.event)) return reportChange(noEvidenceHere(context));
  const images = imagesOf(inputs, context);
  const { 'dry-run': dryRun } = inputs;
  let packaged: PackagedResult | undefined;
  if (digest === undefined && artifact !== undefined) {
    const lanes = lanesOfImage(context, images.image);
    packaged = await packageModel(context.ports, { ...images, artifact, lanes, dryRun });
    if (dryRun) return reportChange(packaged);
    context.log.line(packaged.message);
  }
  const named = packaged?.packaged.digest ?? digest;
  const { model } = images;
  const release: Registered =
    named === undefined || version === undefined
      ? await findRegistered(context.ports, { model, version, evidence })
      : { version, digest: parseDigest(named) };
  return reportChange(await registered({ inputs, context, images, release, packaged, isNew }));
}

interface Images {
  model: string;
  image: string;
  /** The config's artifact. */
  configured: string | undefined;
}

interface Registration {
  inputs: RegisterInputs;
  context: ActionContext;
  images: Images;
  release: Registered;
  packaged: PackagedResult | undefined;
  isNew: boolean;
}

async function registered({ inputs, context, images, release, packaged, isNew }: Registration) {
  const { sha, artifact, evidence = [], 'dry-run': dryRun } = inputs;
  const assumedSha = isNew ? commitOf(context) : undefined;
  const order = { ...images, ...release, sha, assumedSha, evidence, artifact, dryRun };
  const result = await register(context.ports, order);
  if (result.outcome === 'refused' && packaged !== undefined) {
    const message = `${packaged.message} It was not registered: ${result.message}`;
    return { ...result, packaged: packaged.packaged, message };
  }
  const next = result.release === undefined ? undefined : nextPromotion(context, result.release);
  const isDone = result.outcome === 'done' || result.outcome === 'nothing';
  return isDone && next !== undefined ? { ...result, next } : result;
}

/** The commit of the run; on pull requests it is one that is made for the occasion, and names nothing. */
function commitOf({ host, event }: ActionContext): string | undefined {
  const sha = host.env['GITHUB_SHA'] ?? '';
  return /^[0-9a-f]{40}$/.test(sha) && !isPullRequest(event) ? sha : undefined;
}

function imagesOf({ model, image }: RegisterInputs, context: ActionContext): Images {
  if (model !== undefined && !LANE_NAME.test(model))
    throw new KnownGoodError('usage', `Not the name of a model: saw ${seen(model)}.`);
  if (model !== undefined && image !== undefined && context.config === undefined)
    return { model, image, configured: undefined };
  const config = neededConfig(context);
  const chosen = chooseModel(config, model);
  const rooted = rootedModel(chosen.model, configRoot(context.loaded?.path ?? ''));
  const where = image ?? rooted.image;
  if (where !== undefined) return { model: chosen.name, image: where, configured: rooted.artifact };
  throw new KnownGoodError(
    'config',
    `models.${chosen.name}.image is not in the config: add the image repository, such as ghcr.io/acme/bank, or give the input image.`,
  );
}

function incomplete(): KnownGoodError {
  return new KnownGoodError(
    'usage',
    'Say which version and which image: the inputs version and digest, or artifact in place of digest, which is packaged then. For a release that is registered evidence is enough.',
  );
}

/** A pull request changes the data, the model and the workflow that judges it: what it measures is for its readers alone. */
function noEvidenceHere({ event }: ActionContext): ChangeResult {
  const message = `Nothing was registered: this run is for ${event.name ?? 'a pull request'}, and a verdict made on a pull request is no evidence, as whoever opens it can change what is measured. Run the gate and this step again on the default branch, or leave evidence out.`;
  return { schema: 1, command: 'register', outcome: 'refused', message };
}
