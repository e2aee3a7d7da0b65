import { startGit } from './start-git.ts';

/** How a git command went. `code` is undefined when it did not end by itself. */
export interface GitRun {
  command: string;
  code: number | undefined;
  stdout: string;
  stderr: string;
  /** `missing`: git could not be started. `time` and `output`: it was stopped at that limit. */
  stopped: 'missing' | 'time' | 'output' | 'signal' | undefined;
}

/** Where a command runs and how long it may take, in milliseconds; `input` goes to its standard input. */
export interface GitCall {
  folder: string;
  timeoutMs: number;
  input?: Uint8Array;
}

const MOST_OUTPUT = 2 ** 20;

/** Runs one git command to its end; never rejects. Of standard error the first 64 KiB are kept. */
export function runGit(args: readonly string[], call: GitCall): Promise<GitRun> {
  return new Promise((done) => {
    const git = startGit(args, call);
    const out: Buffer[] = [];
    let bytes = 0;
    git.stdout.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MOST_OUTPUT) git.stop('output');
      else out.push(chunk);
    });
    git.stdin.end(call.input ?? new Uint8Array());
    void git.ended.then((end) => done({ ...end, stdout: Buffer.concat(out).toString('utf8') }));
  });
}
