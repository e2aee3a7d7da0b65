import type {
  Comments,
  DefaultBranch,
  Deployments,
  Permissions,
  Pulls,
  Workflows,
} from '../../core/forge.ts';
import type { ReleasePorts } from '../release/release-ports.ts';

/** What the release bot needs of the world: that of every command on lanes, and the forge. */
export interface BotPorts {
  /** Without who asks and without progress: both are each command's own. */
  release: Omit<ReleasePorts, 'actor' | 'progress' | 'comments'>;
  permissions: Permissions;
  comments: Comments;
  pulls: Pulls;
  workflows: Workflows;
  deployments: Deployments;
  defaultBranch: DefaultBranch;
  /** A sentence for the log of the run. */
  log(sentence: string): void;
  /** A command on a lane begins; the one who runs us may be told to stop, and then wants to know how far it came. */
  began?(work: BegunWork): void;
}

/** A command on a lane that is under way. */
export interface BegunWork {
  /** Where the lane stands and what to do, in a sentence that ends with a command. */
  standing(): string;
  /** Says so in the reply, as its last text; `false` where it could not. */
  stopped(signal: string): Promise<boolean>;
}

/** How the bot was set up. */
export interface BotSettings {
  /** Logins of bots that may give commands. */
  listedBots: readonly string[];
  /** Commands that other bots answer. */
  otherCommands: readonly string[];
  /** File name of the workflow that `/shadow` starts. */
  shadowWorkflow: string;
  /** Where the config is on the default branch. */
  configPath: string;
  /** Address of the repository's pages. */
  repositoryUrl: string | undefined;
  /** The event is from the runner itself, so nobody can have made its sender up. */
  isRunner: boolean;
  /** From 1; above it, the run was started again. */
  attempt: number;
  /** Login of who started this run again; absent where it is the first attempt, or the same person. */
  reRunner: string | undefined;
  /** The run was started again, and nobody says by whom. */
  isReRunnerUnknown: boolean;
}
