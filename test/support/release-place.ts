import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { repositoryAt, type TestRepository } from './ledger-repository.ts';
import { CLI, CLI_ENV, makeFolder } from './run-cli.ts';
import { smallTable, soundModel } from './small-gate.ts';

const LONGEST_RUN = 90_000;

/** What a run of the command line left. */
export interface Ended {
  code: number | undefined;
  stdout: string;
  stderr: string;
}

/** A git repository with a config, a model, an image layout folder, and a server that says which version was deployed last. */
export interface ReleasePlace {
  cwd: string;
  repository: TestRepository;
  /** The status that `/ready` answers with. */
  status: number;
  run(...args: string[]): Promise<Ended>;
  /** Changes the artifact, gates it, packages it and registers it under a version. */
  build(version: string): Promise<Ended>;
  write(path: string, text: string): void;
  read(path: string): string;
  close(): Promise<void>;
}

const DEPLOY = `import { writeFileSync } from 'node:fs';
writeFileSync('served.json', JSON.stringify({ version: process.env.KG_VERSION, digest: process.env.KG_DIGEST }));
console.log('deployed ' + process.env.KG_VERSION);
`;

/** The config of one model and two environments, one after the other, whose server listens on a port. */
export function releaseConfig(port: number): string {
  const environment = (tag: string, more: string) => `
    tag: ${tag}
    deploy: { command: [node, deploy.mjs] }
    verify: [{ get: "http://127.0.0.1:${port}/ready", json: { path: version, is: version }, within: 5s }]${more}`;
  return `version: 1
models:
  small:
    task: binary-classification
    artifact: artifact
    image: oci-layout:./registry
    baseline: none
    contract: { features: [a, b, c] }
    data: { test: { path: t.csv, label: y, id: id } }
    gates: { metrics: { accuracy: { min: 0.01, compare: off } } }
environments:
  staging:${environment('staging', '')}
  production:${environment('prod', '\n    after: staging')}
`;
}

/** Makes such a place in a new folder; `close` removes it. */
export async function makeReleasePlace(): Promise<ReleasePlace> {
  const cwd = makeFolder({
    'artifact/model.onnx': soundModel(),
    't.csv': smallTable(),
    'deploy.mjs': DEPLOY,
  });
  const repository = repositoryAt(cwd, []);
  repository.git('config', 'user.name', 'Ana Example');
  const server = createServer((_, response) => {
    response.writeHead(place.status, { 'content-type': 'application/json' });
    response.end(readFileSync(join(cwd, 'served.json')));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const run = (...args: string[]) => runIn(cwd, args);
  const write = (path: string, text: string) => writeFileSync(join(cwd, path), text);
  const place: ReleasePlace = {
    cwd,
    repository,
    status: 200,
    run,
    write,
    read: (path) => readFileSync(join(cwd, path), 'utf8'),
    build: async (version) => {
      write('artifact/README.md', `Version ${version}.\n`);
      const gated = await run('gate', '--model', 'small', '--out', 'out', '--quiet');
      if (gated.code !== 0) return gated;
      const evidence = ['--evidence', 'out/verdict.json'];
      return run('package', '--model', 'small', '--version', version, ...evidence);
    },
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => {
          rmSync(cwd, { recursive: true, force: true });
          done();
        });
      }),
  };
  const { port } = server.address() as AddressInfo;
  repository.git('commit', '-q', '--allow-empty', '-m', 'begin');
  mkdirSync(join(cwd, '.github'));
  write('.github/known-good.yml', releaseConfig(port));
  return place;
}

/** The committed bundle, or another one that is to be tried out. */
function runIn(cwd: string, args: readonly string[]): Promise<Ended> {
  const cli = process.env['KNOWN_GOOD_CLI'] ?? CLI;
  return new Promise((done) => {
    const options = { cwd, env: CLI_ENV, timeout: LONGEST_RUN, maxBuffer: 2 ** 26 };
    const child = execFile(process.execPath, [cli, ...args], options, (_, stdout, stderr) =>
      done({ code: child.exitCode ?? undefined, stdout, stderr }),
    );
  });
}
