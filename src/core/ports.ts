/**
 * The whole outside world, on one page. Use cases receive these and touch nothing else;
 * src/adapters implements them.
 */
import type { ArtifactFile, Digest } from './digest.ts';
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

/** Tables: CSV, JSONL, JSONL.gz. A ragged or unparsable row is an `input` error with its line number, never dropped. */
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

/** The user's git repository, read only. */
export interface Repository {
  /** The commit that is checked out, 40 hex digits; `undefined` outside of a repository. */
  headCommit(): Promise<string | undefined>;
  /**
   * The commit that a change is compared with: the pull request's base branch, else the default branch; the commit before
   * HEAD when HEAD is that one. `undefined` outside of a repository, or when it has no such commit (a shallow clone).
   */
  baseRevision(): Promise<string | undefined>;
  /**
   * Copies the files at `path` in a revision into a new temporary folder, and returns its path and how to remove it.
   * `undefined` when the revision has nothing there. An unknown revision is an `input` error.
   */
  copyAt(revision: string, path: string): Promise<{ path: string; remove(): Promise<void> } | undefined>;
}

/** The time of day, for `createdAt` alone. */
export interface Clock {
  now(): Date;
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
