import { artifactDigest } from '../../core/digest.ts';
import type { ArtifactFile } from '../../core/digest.ts';
import { KnownGoodError } from '../../core/errors.ts';
import type { Fact } from '../../core/fact.ts';
import { known, unknown } from '../../core/fact.ts';
import type { Files, ModelFile, ModelSession, Models } from '../../core/ports.ts';
import type { ModelStructure } from '../../core/model.ts';
import type { GateSettings } from '../../gate/settings.ts';
import { listNames } from '../../verdict/sentences.ts';
import type { ArtifactRequest } from './gate-request.ts';

/** A model on its way to being measured: its bytes, what the bounded read saw, and its live session if it has one. */
export interface OpenSide {
  path: string;
  /** The folder that holds the documents; `undefined` for a bare file. */
  folder: string | undefined;
  files: readonly ArtifactFile[];
  modelPath: string;
  structure: ModelStructure;
  session: Fact<ModelSession>;
}

/** A model among the files of its artifact. */
export type ListedModel = Pick<OpenSide, 'folder' | 'files' | 'modelPath'>;

/** The ports that loading a model needs. */
export interface SidePorts {
  files: Files;
  models: Models;
}

/** Lists the artifact, reads the model's structure under the limits, and loads the same bytes when the structure is sound. */
export async function openSide(
  request: ArtifactRequest,
  ports: SidePorts,
  settings: GateSettings,
): Promise<OpenSide> {
  const { model, ...side } = await readSide(request, ports, settings);
  const [problem] = side.structure.problems;
  const session = problem === undefined ? await openSession(model, settings) : unknown(problem.message);
  return { ...side, session };
}

/** Lists the artifact and reads its model under the limits, without running anything. */
export async function readSide(
  request: ArtifactRequest,
  ports: SidePorts,
  { structure }: Pick<GateSettings, 'structure'>,
): Promise<Omit<OpenSide, 'session'> & { model: ModelFile }> {
  const { kind, files } = await ports.files.listArtifact(request.path);
  const folder = kind === 'folder' ? request.path.replace(/\/+$/, '') : undefined;
  const modelPath = folder === undefined ? request.path : `${folder}/${findModel(request, files)}`;
  const model = await ports.models.read(modelPath, structure);
  const listed = { folder, files, modelPath };
  assertListed(model, listed);
  return { path: request.path, ...listed, structure: model.structure, model };
}

function findModel(request: ArtifactRequest, files: readonly ArtifactFile[]): string {
  const names = files.map((file) => file.path);
  const wanted = request.modelFile ?? 'model.onnx';
  if (names.includes(wanted)) return wanted;
  const models = names.filter((name) => name.endsWith('.onnx'));
  const [only] = models;
  if (request.modelFile === undefined && models.length === 1 && only !== undefined) return only;
  const seen = models.length === 0 ? 'no .onnx file at all' : `${listNames(models)}`;
  throw new KnownGoodError(
    'input',
    `The artifact ${JSON.stringify(request.path)} has no ${JSON.stringify(wanted)}: saw ${seen}. Name the file: model: … in the config.`,
  );
}

async function openSession(model: ModelFile, settings: GateSettings): Promise<Fact<ModelSession>> {
  try {
    return known(await model.open(settings.limits));
  } catch (error) {
    if (error instanceof Error && error.name === 'ModelFailure') return unknown(error.message);
    throw error;
  }
}

/** Refuses a model whose bytes are not those that were listed any more: the verdict would speak of others than are measured. */
function assertListed({ digest }: ModelFile, side: ListedModel): void {
  if (digest === undefined || digest === modelDigestOf(side)) return;
  throw new KnownGoodError(
    'input',
    `${JSON.stringify(side.modelPath)} changed while it was being gated. Run the gate again when nothing writes to it.`,
  );
}

/** The digest that a verdict speaks of: of the folder's listing, or of the bare file. */
export function digestOfSide(side: ListedModel): ReturnType<typeof artifactDigest> {
  const [only] = side.files;
  return side.folder === undefined && only !== undefined ? only.digest : artifactDigest(side.files);
}

/** The digest of the `.onnx` file alone. */
export function modelDigestOf(side: ListedModel): ArtifactFile['digest'] {
  const name = side.folder === undefined ? undefined : side.modelPath.slice(side.folder.length + 1);
  const file = side.files.find((each) => name === undefined || each.path === name);
  if (file === undefined)
    throw new KnownGoodError('internal', 'The model file is not among the files of its artifact.');
  return file.digest;
}
