import { nodeFiles } from '../../adapters/files/node-files.ts';
import { downloadArtifact } from '../../adapters/github/artifacts/download-artifact.ts';
import { readZipEntry } from '../../adapters/github/artifacts/read-zip-entry.ts';
import { createChecks } from '../../adapters/github/checks.ts';
import { createGitHubClient } from '../../adapters/github/client/create-github-client.ts';
import type { GitHubClient } from '../../adapters/github/client/github-client.ts';
import { createComments } from '../../adapters/github/comments.ts';
import { createPulls } from '../../adapters/github/pulls.ts';
import { machineTimer } from '../../adapters/oci/machine-timer.ts';
import { describeProducer } from '../../adapters/runner/github-runner.ts';
import { MOST_REPORT_BYTES } from '../../app/pull-request-report/post-report.ts';
import type { Artifacts } from '../../app/pull-request-report/report-ports.ts';
import { KnownGoodError } from '../../core/errors.ts';
import { TOOL } from '../version.ts';
import { MOST_EVENT_BYTES, parseReportEvent } from './report-event.ts';
import type { ReportActionWorld } from './report-action.ts';

/** Most bytes of a fork's artifact; of what is in it only verdict.json is unpacked. */
const MOST_ARTIFACT_BYTES = 64 * 2 ** 20;

type Env = Readonly<Record<string, string | undefined>>;

/** GitHub as a run of Actions knows it, by its default variables. */
export function reportWorld(env: Env): Pick<ReportActionWorld, 'event' | 'open' | 'files'> {
  return {
    files: nodeFiles,
    event: async () => {
      const path = env['GITHUB_EVENT_PATH'];
      const payload = path && (await nodeFiles.readText(path, MOST_EVENT_BYTES));
      return parseReportEvent(env['GITHUB_EVENT_NAME'] ?? '', payload || undefined);
    },
    open: (token) => {
      const repository = env['GITHUB_REPOSITORY'] || undefined;
      if (repository === undefined)
        throw new KnownGoodError(
          'input',
          'GITHUB_REPOSITORY is not set: this action runs in GitHub Actions.',
        );
      if (token === undefined)
        throw new KnownGoodError(
          'input',
          'There is no token (input github-token). Leave the input out, and the token of the job is taken.',
        );
      const client = createGitHubClient({
        token,
        apiUrl: env['GITHUB_API_URL'] || 'https://api.github.com',
        graphqlUrl: env['GITHUB_GRAPHQL_URL'] || undefined,
        repository,
        timer: machineTimer,
        userAgent: TOOL,
      });
      return {
        repository,
        run: describeProducer(env, TOOL).run,
        ports: {
          files: nodeFiles,
          pulls: createPulls(client),
          comments: createComments(client),
          checks: createChecks(client),
          artifacts: artifactsOf(client),
        },
      };
    },
  };
}

function artifactsOf(client: GitHubClient): Artifacts {
  return {
    verdict: async (runId, name) => {
      const zip = await downloadArtifact(client, { runId, name, maxBytes: MOST_ARTIFACT_BYTES });
      if (zip === undefined) return undefined;
      return textOf(readZipEntry(zip, { name: 'verdict.json', maxBytes: MOST_REPORT_BYTES }));
    },
  };
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new KnownGoodError(
      'input',
      'The verdict.json of the artifact is not UTF-8, so nothing of it is shown.',
      {
        cause: error,
      },
    );
  }
}
