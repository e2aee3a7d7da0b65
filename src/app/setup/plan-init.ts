import { parseConfig } from '../../config/parse-config.ts';
import { KnownGoodError } from '../../core/errors.ts';
import { draftConfig } from './draft-config.ts';
import { draftModels } from './draft-models.ts';
import { fillWorkflow, type WorkflowModel } from './fill-workflow.ts';
import type { DraftedModel, InitFacts, InitWish } from './setup-facts.ts';

/** Where the config goes. */
export const INIT_CONFIG = '.github/known-good.yml';

/** On a schedule, and red every morning where no log is configured. */
const SHADOW = 'shadow-report.yml';

/** Where a workflow goes. */
export const workflowPath = (file: string): string => `.github/workflows/${file}`;

/** One file: `written` is new, `replaced` by `--force`; `kept` is there already and differs; `same` is there just so. */
export interface PlannedFile {
  path: string;
  text: string;
  /** What is there afterwards. */
  standing: string;
  what: 'written' | 'replaced' | 'kept' | 'same';
}

/** What `known-good init` does and says. */
export interface InitPlan {
  files: readonly PlannedFile[];
  models: readonly DraftedModel[];
  /** What was guessed, or could not be; sentences. */
  notes: readonly string[];
  /** What to do now, in this order; sentences. */
  next: readonly string[];
}

/** Plans the config and the workflows of a folder. Nothing that is there is replaced unless it is asked for. */
export function planInit(facts: InitFacts, wish: InitWish): InitPlan {
  const models = draftModels(facts);
  const [drafted] = models;
  const model = (wish.force ? undefined : configuredModel(facts)) ?? workflowModel(drafted);
  const texts: [string, string][] = [[INIT_CONFIG, draftConfig(models)]];
  for (const [file, template] of Object.entries(facts.templates))
    if (model !== undefined && (file !== SHADOW || model.hasShadow === true))
      texts.push([workflowPath(file), fillWorkflow(template, { model, facts, action: wish.action })]);
  const files = texts.map(([path, text]): PlannedFile => {
    const existing = facts.existing[path];
    const what =
      existing === undefined ? 'written' : existing === text ? 'same' : wish.force ? 'replaced' : 'kept';
    const standing = what === 'kept' ? (existing ?? text) : text;
    return { path, text, standing, what };
  });
  return { files, models, notes: notesOn(facts, models, files), next: nextSteps(files, wish) };
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

function notesOn(facts: InitFacts, models: readonly DraftedModel[], files: readonly PlannedFile[]): string[] {
  const [first] = models;
  const isOurs = files.some(({ path, what }) => path === INIT_CONFIG && what !== 'kept' && what !== 'same');
  const kept = files.filter(({ what }) => what === 'kept').map(({ path }) => path);
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
    ...(kept.length > 0
      ? [
          `Kept, though init would write them otherwise: ${kept.join(', ')}. To replace them: known-good init --force`,
        ]
      : []),
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

function nextSteps(files: readonly PlannedFile[], { action }: InitWish): string[] {
  const isBot = files.some(({ path }) => path.endsWith('/bot.yml'));
  return [
    ...(action === undefined
      ? [
          'In .github/workflows, replace OWNER and the SHA of 40 zeros by the Known Good that you use, or run known-good init --force --owner OWNER/known-good@SHA',
        ]
      : []),
    'Read .github/known-good.yml, and correct what was guessed',
    'Try the gate here: known-good gate',
    'Commit, push to the default branch, and let known-good doctor check tokens, permissions and the registry',
    ...(isBot ? ['Comment /help on an issue or a pull request'] : []),
  ];
}
