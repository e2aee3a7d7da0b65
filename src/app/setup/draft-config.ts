import type { DraftedModel } from './setup-facts.ts';
import { yamlFlowText, yamlText } from './yaml-scalar.ts';

/** A config for these models and two environments, commented so that it can be read without the manual. Valid as it is. */
export function draftConfig(models: readonly DraftedModel[]): string {
  return `# What is asked of a model before it may serve, and how it is released. Unknown keys are errors: known-good doctor checks this file.
version: 1
models:
${models.map(modelLines).join('')}environments:
  staging:
    tag: staging # moved by promotions and rollbacks, and by nothing else
    # Questions to the running server. Without them nothing is ever proved good here, and production cannot ask for it.
    # verify: [{ get: 'https://staging.example/ready', within: 60s }]
    # deploy: { workflow: deploy.yml } # or { command: [./deploy.sh] }; without it the runtime follows the tag
  production:
    tag: production
    # after: staging # healthy there first; needs verify in staging
    # soak: 24h # served well so long, it counts as known good: what a rollback goes to
    # requires: [gate, shadow] # gate alone when nobody says otherwise
    # approvals: 1 # by /approve in a comment, by somebody else than who promotes
    # allow: { promote: [maintain], rollback: [write] } # who may command: roles of the repository, or '@name'
    # verify: [{ get: 'https://example/ready', within: 60s }]
    # on_failure: rollback # what a release that fails its looks leads to; or hold (default)
`;
}

function modelLines({ name, artifact, task, isTaskKnown, image, test }: DraftedModel): string {
  const guess = isTaskKnown
    ? 'by the values of the label'
    : 'a guess: or multiclass-classification, regression, score';
  const data =
    test === undefined
      ? `    data:
      test: { path: data/test.csv, label: label } # the held-out table that decides: put yours here
`
      : `    data:
      test: { path: ${yamlFlowText(test.path)}, label: ${yamlFlowText(test.label)} } # the held-out table that decides; add id: COLUMN to find repeated rows
`;
  return `  ${yamlText(name)}:
    task: ${task} # ${guess}
    artifact: ${yamlText(artifact)} # a folder with the model and its documents, or one .onnx file
    image: ${yamlText(image)} # where its releases are kept
    # baseline: none # for the very first release: uncomment this line, and comment it out afterwards; else the champion is the artifact on the base branch
${data}    # Limits. Without any, a loss against the champion must be proved to be small.
    # gates:
    #   metrics: { ${EXAMPLES[task]} }
    #   latency: { p95: 5ms }
`;
}

const EXAMPLES: Readonly<Record<DraftedModel['task'], string>> = {
  'binary-classification': 'roc_auc: { min: 0.75, max_drop: 0.01 }',
  'multiclass-classification': 'accuracy: { min: 0.75, max_drop: 0.01 }',
  regression: 'mae: { max: 45, max_drop: 2, bound: 1000 }',
  score: 'mean_score: { max_drop: 0.01, bound: { low: 0, high: 1 } }',
};
