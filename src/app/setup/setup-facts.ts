import type { Task } from '../../core/task.ts';

/** A table that was found: its columns in file order. */
export interface FoundTable {
  path: string;
  columns: readonly string[];
}

/** What a folder tells of the release process that it could have. Paths are relative to it, with `/`. */
export interface InitFacts {
  /** The name of the folder, for a model that nothing else names. */
  folder: string;
  /** `owner/name` on a forge host, by the remote `origin`. */
  remote: { host: string; owner: string; name: string } | undefined;
  defaultBranch: string;
  /** ONNX files. */
  models: readonly string[];
  tables: readonly FoundTable[];
  /** Tables' paths to what their label column says that the model does. */
  tasks: Readonly<Record<string, Task>>;
  /** What the config and the workflows that are there hold now, those of others too; absent = not there. */
  existing: Readonly<Record<string, string>>;
  /** The starter workflows, by the name of their file. */
  templates: Readonly<Record<string, string>>;
}

/** What a person asked for. */
export interface InitWish {
  /** `OWNER/known-good` and 40 hex digits: the action that the workflows use; absent = what is there is kept, or left for the person to fill in. */
  action: { repository: string; sha: string } | undefined;
  /** Whether starter workflows that are there are replaced; the config and the deployment never are. */
  force: boolean;
}

/** A model of the config to be. */
export interface DraftedModel {
  name: string;
  artifact: string;
  task: Task;
  /** Whether the task was read off the labels; else it is the usual one. */
  isTaskKnown: boolean;
  image: string;
  test: { path: string; label: string } | undefined;
}

/**
 * One file: `written` is new, `replaced` by `--force`; in `pinned` the pin of Known Good moved and nothing else; `kept` is there already and
 * differs; `same` is there just so.
 */
export interface PlannedFile {
  path: string;
  /** What init would write of its own accord. */
  text: string;
  /** What is there afterwards. */
  standing: string;
  what: 'written' | 'replaced' | 'pinned' | 'kept' | 'same';
}
