import { parseConfig } from '../../config/parse-config.ts';
import { KnownGoodError } from '../../core/errors.ts';
import { draftConfig } from './draft-config.ts';
import { draftModels } from './draft-models.ts';
import type { WorkflowModel } from './fill-workflow.ts';
import { hasUnpinned } from './known-good-pins.ts';
import { DEPLOY_WORKFLOW, planWorkflows } from './plan-workflows.ts';
import type { DraftedModel, InitFacts, InitWish, PlannedFile } from './setup-facts.ts';

/** Where the config goes. */
export const INIT_CONFIG = '.github/known-good.yml';

/** What `known-good init` does and says. */
export interface InitPlan {
  files: readonly PlannedFile[];
  models: readonly DraftedModel[];
  /** What was guessed, or could not be; sentences. */
  notes: readonly string[];
  /** What to do now, in this order; sentences. */
  next: readonly string[];
}

/**
 * Plans the config and the workflows of a folder. The config that is there is kept, and the deployment; other starter workflows are replaced
 * where it is asked for.
 */
export function planInit(facts: InitFacts, wish: InitWish): InitPlan {
  const models = draftModels(facts);
  const [drafted] = models;
  const model = configuredModel(facts) ?? workflowModel(drafted);
  const files = [planConfig(facts, models), ...planWorkflows(facts, wish, model)];
  return { files, models, notes: notesOn(facts, { models, files, wish }), next: nextSteps(facts, files) };
}

function planConfig(facts: InitFacts, models: readonly DraftedModel[]): PlannedFile {
  const text = draftConfig(models);
  const existing = facts.existing[INIT_CONFIG];
  if (existing === undefined) return { path: INIT_CONFIG, text, standing: text, what: 'written' };
  return { path: INIT_CONFIG, text, standing: existing, what: existing === text ? 'same' : 'kept' };
}

function workflowModel(drafted: DraftedModel | undefined): WorkflowModel | undefined {
  return drafted === undefined ? undefined : { ...drafted, table: drafted.test?.path };
}

/** The first model of a config that is kept: the workflows are for that one. */
function configuredModel({ existing }: InitFacts): WorkflowModel | undefined {
  const text = existing[INIT_CONFIG];
  if (text === undefined) return undefined;
  try {
    const [named] = Object.entries(parseConfig(text, INIT_CONFIG).models);
    if (named === undefined) return undefined;
    const [name, { artifact = `models/${name}`, image = `oci-layout:./registry/${name}`, shadow, data }] =
      named;
    return { name, artifact, image, table: data.test?.path, hasShadow: shadow !== undefined };
  } catch (error) {
    if (error instanceof KnownGoodError) return undefined;
    throw error;
  }
}

function notesOn(
  facts: InitFacts,
  { models, files, wish }: { models: readonly DraftedModel[]; files: readonly PlannedFile[]; wish: InitWish },
): string[] {
  const [first] = models;
  const isOurs = files.some(({ path, what }) => path === INIT_CONFIG && what === 'written');
  return [
    ...(isOurs ? models.flatMap((model) => notesOnModel(facts, model)) : []),
    ...(models.length > 1 && first !== undefined
      ? [
          `The workflows are for ${first.name}. For the other models (${models
            .slice(1)
            .map(({ name }) => name)
            .join(', ')}) copy their steps.`,
        ]
      : []),
    ...notesOnOthers(files, wish),
  ];
}

/** What is there and is not as init would write it: the person's own, and what `--force` replaces. */
function notesOnOthers(files: readonly PlannedFile[], { action }: InitWish): string[] {
  const isYours = (path: string) => path === INIT_CONFIG || path === DEPLOY_WORKFLOW;
  const differing = files.filter(({ text, standing }) => text !== standing).map(({ path }) => path);
  const others = differing.filter((path) => !isYours(path)).join(', ');
  const owner = action === undefined ? '' : ` --owner ${action.repository}@${action.sha}`;
  return [
    ...differing.filter(isYours).map((path) => `${path}: kept, it is yours. Init never replaces it.`),
    ...(others === ''
      ? []
      : [
          `Kept${action === undefined ? '' : ' but for the pin'}, though init would write them otherwise: ${others}. To replace them: known-good init --force${owner}`,
        ]),
  ];
}

function notesOnModel(
  facts: InitFacts,
  { name, artifact, test, isTaskKnown, image }: DraftedModel,
): string[] {
  return [
    ...(facts.models.length === 0
      ? [
          `There is no ONNX file here. Put the model to ${artifact}/model.onnx, or correct models.${name}.artifact.`,
        ]
      : []),
    ...(test === undefined
      ? [`No table here has a column that looks like a label. Correct models.${name}.data.test.`]
      : [`${name} is measured on ${test.path}, whose column ${test.label} looks like the label.`]),
    ...(isTaskKnown ? [] : [`What ${name} does was not to be seen: check models.${name}.task.`]),
    ...(image.startsWith('oci-layout:')
      ? [
          `There is no remote at github.com, so releases of ${name} are kept in the folder ${image.slice('oci-layout:'.length)}. Correct models.${name}.image for a registry.`,
        ]
      : []),
  ];
}

function nextSteps({ existing }: InitFacts, files: readonly PlannedFile[]): string[] {
  const isBot = files.some(({ path }) => path.endsWith('/bot.yml'));
  const after = { ...existing, ...Object.fromEntries(files.map(({ path, standing }) => [path, standing])) };
  return [
    ...(Object.values(after).some(hasUnpinned)
      ? [
          'In .github/workflows, replace OWNER and the SHA of 40 zeros by the Known Good that you use, pinned to a commit: known-good init --owner OWNER/known-good@SHA',
        ]
      : []),
    'Read .github/known-good.yml, and correct what was guessed',
    'For the very first release, say baseline: none there (uncomment the line): a first model has no champion, and without that line the gate holds. Comment it out afterwards',
    'Try the gate here: known-good gate',
    'Commit, push to the default branch, and let known-good doctor check tokens, permissions and the registry',
    ...(isBot ? ['Comment /help on an issue or a pull request'] : []),
  ];
}
