/**
 * The whole outside world, on one page. Use cases receive these and touch nothing else;
 * src/adapters implements them.
 */
import type { ArtifactFile, Digest } from './digest.ts';
import type { Owner } from './owner.ts';
import type { Deploy } from './policy.ts';
import type { Probe, ProbeResult } from './probe.ts';
import type { Release } from './release.ts';
import type { ModelStructure, Signature, StructureLimits, Tensors } from './model.ts';
import type { ColumnRequest, Table, TableHead } from './table.ts';

/** Files of the machine. Paths are as the user gave them; errors are `KnownGoodError` with code `input`. */
export interface Files {
  /** UTF-8 text of at most `maxBytes` bytes; `undefined` when there is no such file. */
  readText(path: string, maxBytes: number): Promise<string | undefined>;
  /** SHA-256 of a file's bytes, streamed. */
  digest(path: string): Promise<Digest>;
  /** All regular files of a folder, or the one file itself. Links, sockets and the like are refused. */
  listArtifact(path: string): Promise<{ kind: 'folder' | 'file'; files: ArtifactFile[] }>;
  /** Writes whole files into a folder, creating it; each appears complete or not at all. */
  write(folder: string, files: Readonly<Record<string, string>>): Promise<void>;
  /** Removes files of a folder where they are there; a folder that is a link is refused. */
  remove(folder: string, names: readonly string[]): Promise<void>;
}

/** Tables: CSV, JSONL, either gzipped, and Parquet. A ragged or unparsable row is an `input` error with its line number, never dropped. */
export interface Tables {
  /** The columns of a table in file order. */
  head(path: string): Promise<TableHead>;
  /** The requested columns; a column that is absent or a cell of the wrong type is an `input` error. The digest is of the bytes that were read. */
  read(path: string, columns: readonly ColumnRequest[]): Promise<Table & { digest: Digest }>;
}

/** Limits of one inference process. */
export interface RunLimits {
  /** Milliseconds for loading, and for each later request. */
  timeoutMs: number;
  /** Resident memory of the child in bytes, polled by the parent. */
  memoryBytes: number;
}

/** Models: read without running, and run in a process of their own. */
export interface Models {
  /** Reads the file once under the limits; never throws for bad bytes, the structure lists the problems. */
  read(path: string, limits: StructureLimits): Promise<ModelFile>;
}

/** A model file that was read, its bytes held until it is opened. */
export interface ModelFile {
  /** Of the bytes that were read and that `open` runs; `undefined` for a file above the size limit, which is not read. */
  digest: Digest | undefined;
  structure: ModelStructure;
  /**
   * Starts a child process and loads these bytes there, once. Rejects with `ModelFailure`. A final ZipMap is
   * bypassed in memory (`ModelStructure.zipMap`).
   */
  open(limits: RunLimits): Promise<ModelSession>;
}

/** Why a model did not answer. The session is dead after `timeout`, `memory` and `crashed`; `rejected` leaves it alive. */
export interface ModelFailure extends Error {
  name: 'ModelFailure';
  kind: 'timeout' | 'memory' | 'crashed' | 'rejected' | 'no-runtime';
}

export interface ModelSession {
  /** Inputs and outputs as ONNX Runtime names them. */
  signature: Signature;
  /** Milliseconds from the start of loading in the child to the session being ready. */
  loadMs: number;
  /** One inference. Rejects with `ModelFailure`. */
  run(inputs: Tensors): Promise<Tensors>;
  /** Runs each of the single-row inputs once, in order, and returns the milliseconds of each, measured in the child. */
  time(rows: readonly Tensors[]): Promise<Float64Array>;
  /** Largest resident memory of the child so far, in bytes; `undefined` where the platform does not tell. */
  peakMemory(): Promise<number | undefined>;
  close(): Promise<void>;
}

/** What a change is compared with. */
export type BaseCommit =
  /** `revision`: where the change began; `tip`: what the base branch holds now. `parent`: HEAD is part of that branch, and `revision` is the commit before it. */
  | { kind: 'commit'; revision: string; tip: string; parent: boolean }
  /** HEAD is the first commit of all. */
  | { kind: 'first' }
  /** No git repository is here. */
  | { kind: 'outside' }
  /** There is one, and it is not here: why (a clause), and what to do (a sentence). */
  | { kind: 'unavailable'; why: string; settle: string };

/** Digests of one file. */
export interface FileContent {
  /** Of its bytes; of those that it stands for, where it is a pointer of git-LFS. */
  bytes: Digest;
  /** Of its text, unpacked and with line feeds alone; `undefined` where it is no text that could be read. */
  text: Digest | undefined;
}

/** The git repository of the config, read only. Paths are as the user gave them, from the working folder or absolute; links are followed. */
export interface Repository {
  /** The commit that is checked out, 40 hex digits; `undefined` outside of a repository. */
  headCommit(): Promise<string | undefined>;
  /**
   * The commit that a change is compared with: where it left the pull request's base branch, else the default branch; the
   * commit before HEAD where HEAD is part of that branch.
   */
  base(): Promise<BaseCommit>;
  /**
   * Copies the files at `path` in a revision into a new temporary folder, and returns its path and how to remove it.
   * `undefined` when the revision has nothing there. An unknown revision is an `input` error.
   */
  copyAt(revision: string, path: string): Promise<{ path: string; remove(): Promise<void> } | undefined>;
  /** Digests of a file in a revision, or as it lies in the working folder now; `undefined` when there is none. */
  contentAt(revision: string | 'now', path: string): Promise<FileContent | undefined>;
  /** Absolute paths of YAML files of a revision that hold a word; none when it holds no such file. */
  yamlWith(revision: string, word: string): Promise<readonly string[]>;
  /** A path as the repository names it, with `/`; `undefined` outside of it. */
  nameOf(path: string): Promise<string | undefined>;
}

/** The time of day. */
export interface Clock {
  now(): Date;
}

/** The time of day, and waiting for it. */
export interface Timer extends Clock {
  sleep(ms: number): Promise<void>;
}

/** Names that nobody else makes: random, at least 96 bits. */
export interface Ids {
  next(): string;
}

/** Whether the owner of an operation still lives: a process of this machine, a run of the forge. */
export interface Owners {
  self(): Owner;
  liveness(owner: Owner): Promise<'alive' | 'dead' | 'unknown'>;
}

/** The fixed inputs of a deployment. `seq` rises with every operation of the lane: a deployment refuses an older one. */
export interface DeployRequest {
  model: string;
  environment: string;
  image: string;
  digest: Digest;
  sha: string | undefined;
  version: string;
  seq: number;
  operation: string;
  /**
   * Asks the ledger whether the operation is still the open one: while it is, no later number is real. No input of a deployment. Rejects
   * where the ledger does not say; absent = nobody can be asked.
   */
  stillOpen?(): Promise<boolean>;
}

/** How a deployment ended; `failed` says what was seen. An older `seq` than one that was deployed before is `failed` too. */
export type Deployed = { kind: 'deployed' } | { kind: 'failed'; message: string };

/** Brings a digest to the servers, in whichever way a policy says. */
export interface Deployer {
  deploy(how: Exclude<Deploy, { kind: 'none' }>, request: DeployRequest): Promise<Deployed>;
}

interface CommandDeployer {
  deploy(how: Extract<Deploy, { kind: 'command' }>, request: DeployRequest): Promise<Deployed>;
}

interface WorkflowDeployer {
  deploy(how: Extract<Deploy, { kind: 'workflow' }>, request: DeployRequest): Promise<Deployed>;
}

/** The same in one way alone. */
export type DeployerBy<K extends 'command' | 'workflow'> = {
  command: CommandDeployer;
  workflow: WorkflowDeployer;
}[K];

/** Asks a running model server. Never rejects: no answer is a result. */
export interface Prober {
  /** One probe, asked again until it is good or its time is over. */
  probe(probe: Probe, release: Release): Promise<ProbeResult>;
  /** Whether anything at all answers at a URL. */
  answers(url: string): Promise<boolean>;
}

/** The machine, named in reports beside latencies. */
export interface Machine {
  describe(): {
    os: string;
    cpu: string;
    cores: number;
    memoryBytes: number;
    node: string;
    runtime: string | undefined;
  };
}

/** Who runs us: GitHub Actions' variables where present. */
export interface Producer {
  tool: string;
  repository?: string;
  ref?: string;
  sha?: string;
  workflow?: string;
  run?: string;
}
