import type { Checks, Comments, Pulls } from '../../core/forge.ts';
import type { Files } from '../../core/ports.ts';

/** Artifacts of runs; whoever made the run wrote them. */
export interface Artifacts {
  /**
   * The text of `verdict.json` in a run's artifact, `undefined` where the run has no such artifact. No other file of it is looked into. What
   * is not one regular file of at most 1 MiB of UTF-8 is an `input` error.
   */
  verdict(runId: string, artifact: string): Promise<string | undefined>;
}

/** The world around a report that is posted. */
export interface ReportPorts {
  files: Pick<Files, 'readText'>;
  pulls: Pulls;
  comments: Pick<Comments, 'findOwn' | 'create' | 'update'>;
  checks: Checks;
  artifacts: Artifacts;
}

/** What is asked of a run that posts a report. */
export interface ReportOrder {
  /** Whose pull requests these are, `owner/name`. */
  repository: string;
  /** Folder with `verdict.json`. */
  folder: string;
  /** Name of the artifact that a fork's run leaves. */
  artifact: string;
  artifactUrl: string | undefined;
  /** Number of the pull request, where somebody says it; never taken from a report. */
  pullRequest: number | undefined;
  /** A check run on the head commit is wanted too. */
  check: boolean;
  /** Address of this run. */
  run: string | undefined;
}
