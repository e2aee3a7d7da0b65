import type { Digest } from '../../core/digest.ts';
import type { Fact } from '../../core/fact.ts';
import type { Lane } from '../../core/lane.ts';
import type { Policy } from '../../core/policy.ts';

/** The config: not there, there with problems (a line each), or read. */
export type ConfigFacts =
  | { kind: 'absent'; path: string }
  | { kind: 'broken'; path: string; problems: readonly string[] }
  | { kind: 'read'; path: string };

/** A lane of the config, and what was seen of it. */
export interface LaneSeen {
  lane: Lane;
  policy: Policy;
  /** What its tag points at; `undefined` = no such tag. */
  tag: Fact<Digest | undefined>;
  /** Whether the ledger has a release in it. */
  hasRelease: Fact<boolean>;
  /** Addresses of its probes that nothing answers at. */
  silent: readonly string[];
}

/** What GitHub says, asked by a token. */
export interface ForgeSeen {
  /** `owner/name`. */
  repository: string;
  /** Whether the token can see it, and may push: `undefined` where GitHub does not tell, as for a workflow's own token. */
  mayPush: Fact<boolean | undefined>;
  /** Types of the rules that hold for the ledger's branch. */
  rules: Fact<readonly string[]>;
  /** Workflow files of the default branch, by name; `undefined` = not there. */
  workflows: Readonly<Record<string, Fact<string | undefined>>>;
}

/** Everything that `known-good doctor` judges. */
export interface DoctorFacts {
  /** Such as `22.11.0`. */
  node: string;
  remote: { host: string; owner: string; name: string } | undefined;
  config: ConfigFacts;
  /** Workflow files that lie here, by name. */
  workflows: Readonly<Record<string, string>>;
  /** Where the ledger is, and its head; `undefined` = there is none yet. */
  ledger: { where: string; head: Fact<string | undefined> };
  /** `undefined` without a token or a repository, and where the token was withheld. */
  forge: ForgeSeen | undefined;
  /** The remote whose host was not sent the token that there is, as nobody named that host. */
  withheldFrom?: DoctorFacts['remote'];
  lanes: readonly LaneSeen[];
}
