import { join } from 'node:path';
import { nodeFiles } from '../../adapters/files/node-files.ts';
import { walkFolder } from '../../adapters/files/walk-folder.ts';
import { gitIn, lineOf } from '../../adapters/git/run-git.ts';
import { CONFIG_PATH, loadConfig, type LoadedConfig } from '../../app/gate/request-from-config.ts';
import { configuredLanes } from '../../app/release/configured-lanes.ts';
import { loadViews } from '../../app/release/load-views.ts';
import type { ConfigFacts, DoctorFacts, LaneSeen } from '../../app/setup/doctor-facts.ts';
import { parseRemote } from '../../app/setup/parse-remote.ts';
import { botFiles } from '../../app/setup/workflow-findings.ts';
import { KnownGoodError } from '../../core/errors.ts';
import { known, type Fact } from '../../core/fact.ts';
import { parseImageRepository, parseTag } from '../../core/image.ts';
import { formatLane } from '../../core/lane.ts';
import { openWithoutConfig, type ReleaseContext } from '../cli/release-context.ts';
import type { SharedValues } from '../cli/release-flags.ts';
import type { Host } from '../cli/run-cli.ts';
import { askForge } from './ask-forge.ts';
import { learn } from './learn.ts';

const MOST_BYTES = 2 ** 20;

type Context = ReleaseContext<undefined>;

/** Looks at everything that a release needs, and changes nothing. What cannot be learned is a fact with its reason, never an error. */
export async function examine(values: SharedValues, host: Host, node: string): Promise<DoctorFacts> {
  const context = await openWithoutConfig(values, host);
  const { repository, ports, where } = context;
  const root = repository.root ?? host.cwd();
  const { facts: config, loaded } = await readConfig(values.config);
  const address = await lineOf(gitIn(root), 'remote', 'get-url', 'origin');
  const remote = address === undefined ? undefined : parseRemote(address);
  const configured = configuredLanes(loaded?.config);
  const views = await learn(
    loadViews(
      ports.ledger,
      configured.map(({ lane }) => lane),
    ),
  );
  const head = views.known && views.value.length > 0 ? known(views.value[0]?.head) : await headOf(context);
  const files = configured.flatMap(({ policy: { deploy } }) =>
    deploy.kind === 'workflow' ? [deploy.workflow] : [],
  );
  const workflows = await readWorkflows(root);
  const asked = [...new Set([...files, ...botFiles(workflows)])];
  const [lanes, asking] = await Promise.all([
    Promise.all(configured.map((each) => seeLane(each, views, context))),
    askForge({ env: host.env, remote, workflows: asked }),
  ]);
  return { node, remote, config, workflows, ledger: { where, head }, ...asking, lanes };
}

async function readConfig(
  path: string | undefined,
): Promise<{ facts: ConfigFacts; loaded: LoadedConfig | undefined }> {
  const where = path ?? CONFIG_PATH;
  try {
    const loaded = await loadConfig(path, nodeFiles);
    const kind = loaded === undefined ? 'absent' : 'read';
    return { facts: { kind, path: where }, loaded };
  } catch (error) {
    if (!(error instanceof KnownGoodError)) throw error;
    return { facts: { kind: 'broken', path: where, problems: error.message.split('\n') }, loaded: undefined };
  }
}

async function headOf({ ports: { ledger } }: Context): Promise<Fact<string | undefined>> {
  const view = await learn(ledger.read([]));
  return view.known ? known(view.value.head) : view;
}

async function readWorkflows(root: string): Promise<Record<string, string>> {
  const folder = join(root, '.github/workflows');
  const names = await walkFolder(folder, /\.ya?ml$/);
  const texts = await Promise.all(
    names.map((name) => nodeFiles.readText(join(folder, name), MOST_BYTES).catch(() => undefined)),
  );
  return Object.fromEntries(
    names.flatMap((name, i) => (texts[i] === undefined ? [] : [[name, texts[i]] as const])),
  );
}

type Views = Fact<Awaited<ReturnType<typeof loadViews>>>;

async function seeLane(
  { lane, policy }: Pick<LaneSeen, 'lane' | 'policy'>,
  views: Views,
  { ports: { registries, prober } }: Context,
): Promise<LaneSeen> {
  const name = formatLane(lane);
  const urls = [...new Set(policy.probes.map(({ url }) => url))];
  const [tag, answers] = await Promise.all([
    learn(registries.open(parseImageRepository(policy.image)).resolve(parseTag(policy.tag))),
    Promise.all(urls.map((url) => prober.answers(url))),
  ]);
  const view = views.known ? views.value.find((each) => formatLane(each.lane) === name) : undefined;
  const hasRelease = views.known ? known((view?.state.tenures.length ?? 0) > 0) : views;
  return { lane, policy, tag, hasRelease, silent: urls.filter((_, i) => answers[i] !== true) };
}
