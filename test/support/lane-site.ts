import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeFiles } from '../../src/adapters/files/node-files.ts';
import { findRelease } from '../../src/app/release/find-release.ts';
import { promote } from '../../src/app/release/promote.ts';
import { register } from '../../src/app/release/register.ts';
import type { ReleasePorts } from '../../src/app/release/release-ports.ts';
import { laneStatuses } from '../../src/app/release/status.ts';
import { verifyLedger } from '../../src/app/release/verify-ledger.ts';
import { parseImageRepository } from '../../src/core/image.ts';
import type { Policy } from '../../src/core/policy.ts';
import type { LaneStatus } from '../../src/promotion/lane-status.ts';
import { LANE, openLane, type LaneFolder } from './lane-ports.ts';
import { sampleVerdict } from './ledger-book.ts';
import { pushImage, singleImage } from './sample-images.ts';

/** What a lane folder is made with. */
export interface LaneHistory {
  /** Versions that are pushed and registered. */
  versions: readonly string[];
  /** Those of them that were promoted one after the other, each found healthy. */
  promoted?: readonly string[];
  policy?: Partial<Policy>;
  /** The ledger is in a bare repository beside. */
  remote?: boolean;
  /** Every version is registered with a gate verdict that passed. */
  gated?: boolean;
}

/** Lane folders below one temporary folder, and one server that serves what was deployed last in one of them. */
export interface LaneSite {
  url: string;
  /** The folder whose deployment is served. */
  serves: string;
  make(history: LaneHistory): Promise<LaneFolder>;
  /** A copy, which is served from now on. */
  copy(folder: LaneFolder): LaneFolder;
  close(): Promise<void>;
}

const DEPLOY = `printf '%s %s\\n' "$KG_SEQ" "$KG_DIGEST" >> deployed\n`;

/** Deploys by a shell script that appends number and digest to the file `deployed`. */
export const BY_COMMAND: Policy['deploy'] = {
  kind: 'command',
  command: ['sh', 'deploy.sh'],
  timeoutMs: 20_000,
};

export async function openLaneSite(): Promise<LaneSite> {
  const parent = mkdtempSync(join(tmpdir(), 'known-good-lanes-'));
  let folders = 0;
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ digest: servedIn(site.serves) }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const next = () => (site.serves = join(parent, String(++folders)));
  const site: LaneSite = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/ready`,
    serves: parent,
    make: async (history) => makeFolder(next(), site.url, history),
    copy: (folder) => {
      const root = next();
      cpSync(folder.root, root, { recursive: true });
      return { ...folder, root };
    },
    close: () =>
      new Promise((done) => {
        server.closeAllConnections();
        server.close(() => done());
        rmSync(parent, { recursive: true, force: true });
      }),
  };
  return site;
}

async function makeFolder(root: string, url: string, history: LaneHistory): Promise<LaneFolder> {
  mkdirSync(root);
  execFileSync('git', ['init', '-q', '-b', 'main', root]);
  writeFileSync(join(root, 'deploy.sh'), DEPLOY);
  if (history.remote === true) execFileSync('git', ['init', '-q', '--bare', join(root, 'remote.git')]);
  const folder = {
    root,
    ledger: history.remote === true ? './remote.git' : 'local',
    policy: lanePolicy(url, history.policy),
  };
  const ports = await openLane(folder, { actor: 'ana', aheadMs: 0, pace: 0.01 });
  for (const version of history.versions)
    await registerVersion(folder, ports, {
      version,
      evidence: history.gated === true ? [verdictFile(root, version)] : [],
    });
  for (const version of history.promoted ?? []) await promoteVersion(folder, ports, version);
  return folder;
}

/** No soak, one probe: the served digest is the promoted one. */
function lanePolicy(url: string, changes: Partial<Policy> = {}): Policy {
  const json = { path: 'digest', is: 'digest' } as const;
  return {
    image: 'oci-layout:./registry',
    tag: 'prod',
    soakMs: 0,
    requires: [],
    evidenceFrom: 'anywhere',
    carriesArtifact: false,
    approvals: 0,
    deploy: BY_COMMAND,
    probes: [{ method: 'GET', url, status: 200, json, withinMs: 300 }],
    onFailure: 'hold',
    acceptHold: [],
    ...changes,
  };
}

function verdictFile(root: string, version: string): string {
  const path = join(root, `verdict-${version}.json`);
  writeFileSync(path, `${JSON.stringify(sampleVerdict(version))}\n`);
  return path;
}

async function registerVersion(
  { policy: { image } }: LaneFolder,
  ports: ReleasePorts,
  { version, evidence }: { version: string; evidence: readonly string[] },
): Promise<void> {
  const digest = await pushImage(ports.registries.open(parseImageRepository(image)), singleImage(version));
  const order = { model: LANE.model, version, image, digest, evidence };
  const { outcome, message } = await register({ ...ports, files: nodeFiles }, order);
  if (outcome !== 'done') throw new Error(message);
}

/** Promotes a version, which must end well. */
export async function promoteVersion(
  { policy }: LaneFolder,
  ports: ReleasePorts,
  version: string,
): Promise<void> {
  const release = await findRelease(ports.ledger, LANE.model, version);
  const rules = { gates: undefined, defaultRef: 'refs/heads/main', actor: ports.actor.name };
  const { outcome, message } = await promote(ports, { lane: LANE, policy, release, rules });
  if (outcome !== 'done') throw new Error(message);
}

/** What the servers run: what was deployed last; where nothing is deployed, what the layout's tag says. */
function servedIn(root: string): string | undefined {
  const last = deploymentsIn(root).at(-1);
  if (last !== undefined) return last.digest;
  const path = join(root, 'registry/index.json');
  return existsSync(path) ? tagsIn(root)['prod'] : undefined;
}

/** Every deployment, in order. */
export function deploymentsIn(root: string): { seq: number; digest: string }[] {
  return linesOf(join(root, 'deployed')).map((line) => {
    const [seq = '', digest = ''] = line.split(' ');
    return { seq: Number(seq), digest };
  });
}

/** Where every tag of the layout folder points. */
export function tagsIn(root: string): Record<string, string> {
  const { manifests } = JSON.parse(readFileSync(join(root, 'registry/index.json'), 'utf8')) as {
    manifests: { digest: string; annotations?: Record<string, string> }[];
  };
  return Object.fromEntries(
    manifests.map((each) => [each.annotations?.['org.opencontainers.image.ref.name'] ?? '', each.digest]),
  );
}

/** Lines of a file; none where there is no such file. */
export function linesOf(path: string): string[] {
  return existsSync(path)
    ? readFileSync(path, 'utf8')
        .split('\n')
        .filter((line) => line !== '')
    : [];
}

/** Waits, at most two seconds, for what a killed process left running in a folder: a git that still ends its work. */
export async function whenDeserted(root: string): Promise<void> {
  for (let tries = 0; tries < 200 && existsSync('/proc/self/cwd'); tries++) {
    const isThere = readdirSync('/proc').some(
      (pid) => /^\d+$/.test(pid) && folderOf(pid)?.startsWith(root) === true,
    );
    if (!isThere) return;
    await new Promise((done) => setTimeout(done, 10));
  }
}

function folderOf(pid: string): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return undefined;
  }
}

/** A lane after everything: what `status` says, what `ledger verify` found, and which commits the ledger has. */
export interface LaneRest {
  status: LaneStatus;
  problems: readonly string[];
  heads: readonly string[];
}

export async function restOf(folder: LaneFolder, ports?: ReleasePorts): Promise<LaneRest> {
  const { root, ledger, policy } = folder;
  const open = ports ?? (await openLane(folder, { actor: 'auditor', aheadMs: 0, pace: 0.01 }));
  const [status] = await laneStatuses(open, [{ lane: LANE, policy }]);
  const { problems, head } = await verifyLedger(open.ledger, undefined);
  if (status === undefined || head === undefined) throw new Error('There is no ledger.');
  const cwd = ledger === 'local' ? root : join(root, ledger);
  const log = execFileSync('git', ['rev-list', head], { cwd, encoding: 'utf8' });
  return { status, problems: problems.map(({ message }) => message), heads: log.trim().split('\n') };
}
