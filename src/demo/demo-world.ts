import { execFile } from 'node:child_process';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A repository of a team with one model: config, data, and the model as it is being worked on. */
export interface DemoWorld {
  folder: string;
  /** Puts an artifact in the place of the model, and commits it. */
  commitModel(artifact: string, message: string): Promise<void>;
  /** From now on there is a champion: gates compare with it, and production asks for a shadow beside it. Commits that. */
  commitComparison(message: string): Promise<void>;
}

const FOLDER = 'known-good-report/demo';

/** Makes the demo's repository anew; `port` is where its model server listens. */
export async function makeDemoWorld(port: number): Promise<DemoWorld> {
  const folder = resolve(FOLDER);
  const fixtures = resolve('test/fixtures');
  await rm(folder, { recursive: true, force: true });
  await mkdir(join(folder, '.github'), { recursive: true });
  await mkdir(join(folder, 'models'));
  await cp(`${fixtures}/bank/test_encoded.csv`, join(folder, 'data/test.csv'));
  await cp(`${fixtures}/bank/train_reference.csv`, join(folder, 'data/train.csv'));
  await cp(`${fixtures}/bank/shadow.jsonl.gz`, join(folder, 'logs/requests.jsonl.gz'));
  await cp(`${fixtures}/bank/labels_late.csv`, join(folder, 'labels/late.csv'));
  await cp(`${fixtures}/bank/features.json`, join(folder, 'features.json'));
  await writeFile(join(folder, '.gitignore'), 'registry/\nreports/\n');
  await writeFile(join(folder, 'deploy.mjs'), DEPLOY);
  const git = async (...args: string[]) => {
    await run('git', ['-c', 'user.name=Ana', '-c', 'user.email=ana@example.com', ...args], { cwd: folder });
  };
  await git('init', '--quiet', '--initial-branch=main');
  await git('config', 'user.name', 'Ana');
  const commit = async (message: string) => {
    await git('add', '--all');
    await git('-c', 'commit.gpgsign=false', 'commit', '--quiet', '--no-verify', '-m', message);
  };
  const writeConfig = (stage: ConfigStage) =>
    writeFile(join(folder, '.github/known-good.yml'), configOf(port, stage));
  await writeConfig('first release');
  return {
    folder,
    commitModel: async (artifact, message) => {
      await rm(join(folder, 'models/bank'), { recursive: true, force: true });
      await cp(`${fixtures}/artifacts/${artifact}`, join(folder, 'models/bank'), { recursive: true });
      await commit(message);
    },
    commitComparison: async (message) => {
      await writeConfig('has champion');
      await commit(message);
    },
  };
}

/** What a deployment does here: it tells the model server which digest to serve. */
const DEPLOY = `const { KG_ENVIRONMENT, KG_DIGEST, KG_VERSION } = process.env;
const [, , server] = process.argv;
const answer = await fetch(\`\${server}/\${KG_ENVIRONMENT}/deploy\`, {
  method: 'POST',
  body: JSON.stringify({ digest: KG_DIGEST, version: KG_VERSION }),
});
if (!answer.ok) {
  console.error(await answer.text());
  process.exitCode = 1;
}
`;

/** A first release has nothing to be compared with; every later one has. */
type ConfigStage = 'first release' | 'has champion';

const SHADOW = `
    shadow:
      log: [logs/*.jsonl.gz]
      labels: [labels/*.csv]
      reference: data/train.csv
      slices: [job]`;

function configOf(port: number, stage: ConfigStage): string {
  const isFirst = stage === 'first release';
  const server = `http://127.0.0.1:${port}`;
  const environment = (name: string) => `    tag: ${name}
    deploy: { command: [node, deploy.mjs, '${server}'], timeout: 30s }
    verify:
      - { name: ready, get: '${server}/${name}/ready', within: 5s }
      - { name: version, get: '${server}/${name}/model', json: { path: version, is: version } }
      - { name: golden prediction, post: '${server}/${name}/predict', golden: { path: score, tolerance: 0.0001 } }
      - { name: bad input, post: '${server}/${name}/predict', body: { age: old }, status: 422 }
`;
  return `version: 1
models:
  bank:
    task: binary-classification
    artifact: models/bank
    image: oci-layout:registry
    baseline: ${isFirst ? 'none' : 'auto'}
    contract: { features: features.json }
    outputs: { positive: 1, threshold: 0.15 }
    data: { test: { path: data/test.csv, label: label, id: row_id } }
    gates:
      metrics:
        roc_auc: { min: 0.7, max_drop: 0.01 }
        brier: { max_drop: 0.005 }
      manifest: required
      declared: { required: true }
      golden: { required: true }${isFirst ? '' : SHADOW}
environments:
  staging:
${environment('staging')}  production:
${environment('production')}    after: staging
    requires: [${isFirst ? 'gate' : 'gate, shadow'}]
    soak: 6s
    on_failure: hold
`;
}
