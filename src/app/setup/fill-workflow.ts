import { withPin } from './known-good-pins.ts';
import type { DraftedModel, InitFacts, InitWish } from './setup-facts.ts';
import { yamlFlowText, yamlText } from './yaml-scalar.ts';

/** The example of the starter workflows, as it stands in them. */
const EXAMPLE = 'bank';

/** What the workflows say of a model. */
export interface WorkflowModel extends Pick<DraftedModel, 'name' | 'artifact' | 'image'> {
  /** The table that it is measured on. */
  table?: string | undefined;
  /** Whether the config says where a shadow's log is. */
  hasShadow?: boolean;
}

/**
 * A starter workflow with names filled in: the model, its folder, the default branch, and the action where it is known. Everything else of it
 * stays as it is in the templates, comments too.
 */
export function fillWorkflow(
  template: string,
  {
    model,
    facts,
    action,
  }: {
    model: WorkflowModel;
    facts: Pick<InitFacts, 'defaultBranch'>;
    action: InitWish['action'];
  },
): string {
  const { name, artifact, image, table } = model;
  const ghcr = image.startsWith('oci-layout:') ? `ghcr.io/OWNER/${name.toLowerCase()}` : image;
  const own = replaced(template, [
    [`artifact: models/${EXAMPLE}`, `artifact: ${yamlText(artifact)}`],
    [`ghcr.io/OWNER/${EXAMPLE}`, ghcr],
    [`model: ${EXAMPLE}`, `model: ${name}`],
    [`models.${EXAMPLE}`, `models.${name}`],
    [`lane: ${EXAMPLE}/`, `lane: ${name}/`],
    [`'${EXAMPLE}'`, `'${name}'`],
    [`default: ${EXAMPLE}`, `default: ${name}`],
    ['branches: [main]', `branches: [${yamlFlowText(facts.defaultBranch)}]`],
    ["'models/**'", watched(artifact)],
    ["'data/**'", watched(table ?? 'data/')],
  ]);
  return action === undefined ? own : withPin(own, action);
}

/** What of the repository a path is in, as a pattern of `paths:`. */
function watched(path: string): string {
  const pattern = path.includes('/') ? `${path.split('/')[0]}/**` : path;
  return JSON.stringify(pattern).replace(/^"([^'\\]*)"$/, "'$1'");
}

/** Plain replacements, one after the other: a `$` is nothing special here. */
function replaced(text: string, pairs: readonly (readonly [string, string])[]): string {
  return pairs.reduce((all, [from, to]) => all.split(from).join(to), text);
}
