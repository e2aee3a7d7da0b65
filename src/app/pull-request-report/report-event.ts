/** What started the run that posts a report, as far as it says which pull request is meant. */
export type ReportEvent =
  | {
      kind: 'pull';
      number: number;
      /** Head commit when the run was started. */
      headSha: string;
      /** `owner/name`; absent where the fork is gone. */
      headRepository: string | undefined;
    }
  | FinishedRun
  /** A push, a schedule, a start by hand. */
  | { kind: 'other'; name: string };

/** A run of another workflow that ended. Nothing that it left is trusted; what is here comes from GitHub. */
export interface FinishedRun {
  kind: 'run';
  id: string;
  /** Whose run it is, `owner/name`. */
  repository: string;
  /** What started it. */
  event: string;
  conclusion: string | undefined;
  /** The commit that it was for. */
  head: { repository: string | undefined; owner: string | undefined; branch: string; sha: string };
  url: string;
}
