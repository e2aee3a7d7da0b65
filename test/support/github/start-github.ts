import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Desk } from './answer-request.ts';
import type { BackDoor, ServerBook } from './api-server.ts';
import { createApiServer } from './api-server.ts';
import { headOf, textsOf } from './branch-reader.ts';
import type { GitHubOptions } from './create-state.ts';
import { createState } from './create-state.ts';
import type { Fault } from './fault.ts';
import type { GitHubState } from './github-state.ts';
import type { People } from './people.ts';
import { createPeople } from './people.ts';
import type { RateLimit } from './rate-limit.ts';
import { createRateLimit } from './rate-limit.ts';
import type { RunRecord, TokenPermissions, WorkflowRecord } from './records.ts';
import type { NewRun, NewWorkflow } from './run-book.ts';
import { addRun, addWorkflow, rerun } from './run-book.ts';
import type { SeenRequest } from './seen-request.ts';
import { createStorageServer } from './storage-server.ts';
import { addToken } from './tokens.ts';

/** Where it listens, beside what is in it. */
export interface StartOptions extends GitHubOptions {
  /** 0: any free one. */
  port?: number;
  backDoor?: BackDoor;
}

/** A stateful GitHub with one repository on 127.0.0.1, REST and GraphQL, which checks what it is asked and can be made to fail. */
export interface GitHub extends GitHubState, People {
  /** What came, in order of arrival. */
  requests: SeenRequest[];
  /** The hour's budget. */
  rate: RateLimit;
  /** A token. Without permissions: all that GITHUB_TOKEN can have, or all that the person's role allows. */
  token(given: { login: string; permissions?: TokenPermissions }): string;
  /** Commit that a branch is at. */
  head(branch: string): string;
  /** Text files of a branch or commit, by path. */
  files(name: string): Record<string, string>;
  /** Registers a workflow that can be dispatched. */
  workflow(file: string, given?: NewWorkflow): WorkflowRecord;
  /** Adds a run that was not dispatched here, e.g. the one that a bot runs in. */
  run(given: NewRun): RunRecord;
  rerun(id: number): RunRecord;
  /** Lets things go wrong; gives the way to end that. Of several, the first with an answer decides. */
  fault(fault: Fault): () => void;
  close(): Promise<void>;
}

export async function startGitHub(options: StartOptions): Promise<GitHub> {
  const state = createState(options);
  const rate = createRateLimit(state);
  const book: ServerBook = { requests: [], faults: new Set() };
  const desk: Desk = { state, rate };
  const api = createApiServer(desk, book, options.backDoor);
  const storage = createStorageServer(state);
  const [web, store] = await Promise.all([listen(api, options.port ?? 0), listen(storage, 0)]);
  Object.assign(state, { web, url: `${web}/api/v3`, storage: store });
  const people = createPeople(state);
  people.push(state.defaultBranch, options.files ?? { 'README.md': '# Models\n' }, { message: 'first' });
  return Object.assign(state, people, {
    requests: book.requests,
    rate,
    token: (given: { login: string; permissions?: TokenPermissions }) => addToken(state, given),
    head: (branch: string) => headOf(state, branch),
    files: (name: string) => textsOf(state, name),
    workflow: (file: string, given: NewWorkflow = {}) => addWorkflow(state, file, given),
    run: (given: NewRun) => addRun(state, given),
    rerun: (id: number) => rerun(state, id),
    fault: (fault: Fault) => {
      book.faults.add(fault);
      return () => void book.faults.delete(fault);
    },
    close: async () => void (await Promise.all([stop(api), stop(storage)])),
  });
}

async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((done) => server.listen(port, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function stop(server: Server): Promise<void> {
  return new Promise((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });
}
