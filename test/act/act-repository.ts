import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from '../support/places.ts';

/** The files of a repository that has the starter workflows, a config, a model and its test table; by path. */
export async function repositoryFiles(place: {
  image: string;
  probe: string;
}): Promise<Record<string, Uint8Array>> {
  const fixture = (path: string) => readFile(join(ROOT, 'test/fixtures', path));
  const workflows = await readdir(join(ROOT, 'workflows'));
  const texts = await Promise.all(
    workflows.map(async (name) => [
      `.github/workflows/${name}`,
      Buffer.from(runnable(await readFile(join(ROOT, 'workflows', name), 'utf8'))),
    ]),
  );
  return {
    '.github/known-good.yml': Buffer.from(config(place)),
    'data/test_encoded.csv': await fixture('bank/test_encoded.csv'),
    'data/features.json': await fixture('bank/features.json'),
    ...(await artifactFiles('bank-champion')),
    ...(Object.fromEntries(texts) as Record<string, Uint8Array>),
  };
}

/** The starter workflow as it is, but for what act does not know, and for the user's own step of a deployment. */
function runnable(text: string): string {
  return text
    .replace(/^ +queue: max.*\n/gm, '')
    .replace(
      / +echo "::error title=Not deployed::Put your deployment[^\n]*\n +exit 1\n/,
      '          echo "$DIGEST" >> "$KG_STAND_IN_DEPLOYED"\n',
    );
}

/** One of the example models, at its place in that repository. */
export async function artifactFiles(model: string): Promise<Record<string, Uint8Array>> {
  const folder = join(ROOT, 'test/fixtures/artifacts', model);
  const names = await readdir(folder);
  const files = await Promise.all(
    names.map(async (name) => [`models/bank/${name}`, await readFile(join(folder, name))]),
  );
  return Object.fromEntries(files) as Record<string, Uint8Array>;
}

function config({ image, probe }: { image: string; probe: string }): string {
  return `version: 1
models:
  bank:
    task: binary-classification
    artifact: models/bank
    image: ${image}
    contract: { features: data/features.json }
    outputs: { threshold: 0.15 }
    data: { test: { path: data/test_encoded.csv, label: label, id: row_id } }
    gates:
      metrics:
        roc_auc: { min: 0.7, max_drop: 0.1 }
environments:
  staging:
    tag: staging
    verify: [{ get: "${probe}" }]
  production:
    tag: prod
    after: staging
    deploy: { workflow: deploy.yml }
    verify: [{ get: "${probe}" }]
`;
}
