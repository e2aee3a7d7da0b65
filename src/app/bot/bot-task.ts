import type { ForgeComment } from '../../core/forge.ts';
import type { Lane } from '../../core/lane.ts';
import type { Policy } from '../../core/policy.ts';
import type { BotEvent } from '../../commands/event.ts';
import type { Command, CommandName } from '../../commands/command.ts';
import type { LaneResult } from '../../promotion/lane-result.ts';
import type { Block } from '../../report/document.ts';
import type { ReplyContext } from '../../report/bot/reply-context.ts';
import type { PromotionOutlook } from '../../report/bot/outlook-blocks.ts';
import type { ReleasePorts } from '../release/release-ports.ts';
import type { BotConfig } from './bot-config.ts';
import type { BotPorts, BotSettings } from './bot-ports.ts';
import type { BotOutcome } from './bot-result.ts';
import type { FreshComment } from './fresh-comment.ts';

/** The command of a name. */
export type CommandOf<N extends CommandName> = Extract<Command, { name: N }>;

/** One command that is being answered, and all that its handler needs. */
export interface BotTask {
  ports: BotPorts;
  /** Those of the commands on lanes, in the name of who asks. */
  release: ReleasePorts;
  settings: BotSettings;
  event: BotEvent;
  command: Command;
  /** The comment that asks; absent on `workflow_dispatch`. */
  comment: ForgeComment | undefined;
  /** The config, which is being read since the command was parsed. Never rejects. */
  config: Promise<BotConfig>;
  /** Sentences for the end of the reply; handlers add to them. */
  notes: string[];
  /** Lets nobody pass who may not; rejects with `Refused`. All policies must let them; none: the defaults. */
  authorize(where: { lane?: Lane; policies: readonly (Policy | undefined)[] }): Promise<void>;
  /** Whether somebody else may give a command, by a policy and their role of today. */
  mayGive(command: CommandName, given: { login: string; policy: Policy }): Promise<boolean>;
  /** The comment as it is now, compared with what was parsed; absent where there is none. */
  fresh: FreshComment | undefined;
  /** What surrounds the reply, with the notes so far. */
  context(more?: Partial<ReplyContext>): ReplyContext;
  /** Carries a command on a lane out, and shows how far it has come. */
  follow(shown: Followed): void;
  /** Whether the engine has done anything for this command. */
  hasBegun(): boolean;
  /** Whether a reply of an earlier run is there. */
  isAnswered(): Promise<boolean>;
}

/** What is shown while a command on a lane is under way. */
export interface Followed {
  lane: Lane;
  command: 'promote' | 'rollback' | 'adopt' | 'verify';
  /** A promotion's plan, once it is known. */
  outlook?: PromotionOutlook | undefined;
  before?: ReplyContext['before'];
}

/** What a handler has to say at the end. */
export interface Answer {
  outcome: BotOutcome;
  /** In a sentence. */
  message: string;
  /** The reply; absent where another run answers. */
  blocks: Block[] | undefined;
  /** A result that the page of deployments shows too. */
  moved?: LaneResult;
  lane?: Lane;
  digest?: string;
  version?: string;
  head?: string;
}

/** Answers one command. */
export type Handler<N extends CommandName> = (task: BotTask, command: CommandOf<N>) => Promise<Answer>;
