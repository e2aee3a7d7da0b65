const SHARED = `
  --config FILE      instead of .github/known-good.yml
  --ledger WHERE     a remote's name, URL or path, or "local" (default: origin where there is one)
  --json             the versioned result on stdout
  --quiet            one line, no progress
  --no-color
`;

const CODES = `
Exit codes: 0 done · 1 refused or failed · 2 waiting or busy · 3 drift, or moved but not proved · 64 wrong usage · 65 bad config or input
            130 Ctrl-C, 143 SIGTERM: it stops the deploy command, and says what is open and what to type
`;

const PACKAGE = `known-good package: an artifact as an OCI artifact in its model's image repository

  known-good package --model NAME [FOLDER]
    --version V        register it under this version as well, with --sha and --evidence
    --tag TAG          keep it under this tag (default: artifact- and 16 digits of its digest)
    --image IMAGE      instead of the config's
    --dry-run          print the digest it would have; push nothing
${SHARED}
The same files have the same digest, on every machine.

  known-good package --model bank
  known-good package --model bank --version 1.8.0 --evidence known-good-report/verdict.json
`;

const REGISTER = `known-good register: the record of a release, with the verdicts that speak for it

  known-good register --model NAME --version V --digest sha256:…
    --evidence FILE    a verdict.json of known-good gate or shadow; may be repeated, and added later
    --sha SHA          the commit that it was built from, all 40 digits
    --artifact FOLDER  must be what the image carries; without --digest it is packaged first
    --image IMAGE      instead of the config's
    --dry-run
${SHARED}
A version names one digest for ever. A verdict must be about the artifact that the image carries.

  known-good register --model bank --version 1.8.0 --digest sha256:… --evidence known-good-report/verdict.json

For a release that is registered --digest may be left out, and --version where the verdict names its image, as a shadow's does:

  known-good register --model bank --evidence known-good-shadow/verdict.json
`;

const PROMOTE = `known-good promote: move proved bytes on to an environment

  known-good promote [MODEL/]ENV [RELEASE]
    --accept-hold --reason "…"   over a gate that holds, by those whom the policy names; never over a fail
    --dry-run                    print the plan; touch nothing
${SHARED}
RELEASE is [MODEL@] and a version, at least 7 digits of a commit, or 12 of a digest. Without it: what serves in the
environment before, or in the first one what was registered last.

  known-good promote bank/staging 1.8.0
  known-good promote bank/production --dry-run
${CODES}`;

const ROLLBACK = `known-good rollback: restore the last release that was proved good

  known-good rollback [MODEL/]ENV [RELEASE]
    --reason "…"             for whoever asks why later
    --unproved --reason "…"  to a RELEASE that is not known good; recorded
    --dry-run                print the plan, and who would be passed over; touch nothing
${SHARED}
It needs the ledger and the registry, and nothing else: no lock, no other run and no broken config stops it. What it
leaves is quarantined in every environment until it is released.

  known-good rollback bank/production
  known-good rollback bank/production 1.6.2 --unproved --reason "1.7 loses rows"
${CODES}`;

const ADOPT = `known-good adopt: take what an environment's tag points at into the ledger

  known-good adopt [MODEL/]ENV [RELEASE] --reason "…"
    --dry-run
${SHARED}
For an environment that is older than Known Good, and for a tag that was moved by hand and should stay. Moves nothing.

  known-good adopt bank/production --reason "in service since March"
${CODES}`;

const APPROVE = `known-good approve: how a promotion is approved

  An environment may ask for approvals (key approvals). One is a comment on GitHub by a person whom GitHub has
  authenticated, in any issue or pull request of the repository:

    /approve [MODEL/]ENV RELEASE

  It holds for that digest, as long as the same release serves there, the evidence and the gates are the same, and the
  comment is not edited; the promotion reads it again. Whoever promotes does not approve, unless the config says so. A
  name on a laptop proves nothing, so this command only prints the comment to write, and exits with 64.
`;

const VERIFY = `known-good verify: look at what an environment serves, and record it

  known-good verify [MODEL/]ENV
    --watch            go on until it is healthy or failed, a quarter of the soak between looks
${SHARED}
A look counts as bad only when a second one, 30 s later, is bad too. Where the policy says on_failure: rollback, it
rolls back. Run it on a schedule: a release becomes known good when its whole soak was looked at.

  known-good verify bank/production
${CODES}`;

const STATUS = `known-good status: the lanes at a glance

  known-good status [[MODEL/]ENV]
${SHARED}
What serves, since when, by whom; how far its soak is; whether the tag is what the ledger says; locks, quarantine, and
where a rollback would go. Writes nothing.

Exit codes: 0 nothing is wrong, though perhaps not proved yet
            1 the last look at what serves failed, or its deployment
            3 the tag is not what the ledger says or cannot be read, an operation was cut off, or the last look told nothing
            64 wrong usage · 65 bad config or input
`;

const HISTORY = `known-good history: what happened in a lane, newest first

  known-good history [MODEL/]ENV
    --limit N          rows (default 20)
${SHARED}`;

const WHY = `known-good why: who brought the release that serves, on which evidence, in place of what

  known-good why [MODEL/]ENV
${SHARED}`;

const LOCK = `known-good lock, unlock: keep promotions out of a lane; a rollback is never kept out

  known-good lock [MODEL/]ENV --reason "…"
  known-good unlock [MODEL/]ENV [--reason "…"]
    --dry-run
${SHARED}`;

const RELEASE = `known-good release: take a release out of quarantine

  known-good release [MODEL@]RELEASE --reason "…"
    --dry-run
${SHARED}
A release that was rolled back from is promoted nowhere until somebody says why it may be.

  known-good release bank@1.8.0 --reason "the feature store was down, not the model"
`;

const LEDGER = `known-good ledger: check or show the append-only history

  known-good ledger verify [--against DIGITS]
  known-good ledger show [MODEL/]ENV [SEQ] [--limit N]
${SHARED}
verify finds, offline, every alteration that does not rewrite all later entries, and names it. DIGITS is a head of the
ledger from before: the 40 digits that commands print at their end, behind "ledger". Keep one where nobody who can push
can change it, such as the log of a scheduled run; against it rewriting and truncation show too. With --quiet only
problems are printed.

  known-good ledger verify --against 9f3c1e0a7b52d4c68e1f00aa11bb22cc33dd44ee

Exit codes: 0 whole · 1 something was altered · 3 it cannot be read · 64 wrong usage
`;

/** The help of the commands on releases, by name. */
export const RELEASE_HELP: Readonly<Record<string, string>> = {
  package: PACKAGE,
  register: REGISTER,
  promote: PROMOTE,
  rollback: ROLLBACK,
  adopt: ADOPT,
  approve: APPROVE,
  verify: VERIFY,
  status: STATUS,
  history: HISTORY,
  why: WHY,
  lock: LOCK,
  unlock: LOCK,
  release: RELEASE,
  ledger: LEDGER,
};
