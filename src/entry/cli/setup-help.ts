const INIT = `known-good init: write the config and the workflows of this repository

  known-good init
    --owner OWNER/known-good@SHA   the action that the workflows use, pinned to all 40 digits of a commit; in workflows that
                                   are there already it moves this pin, and changes nothing else
    --dry-run                      say what would be written; write nothing
    --force                        replace starter workflows that are there already, but never .github/known-good.yml
                                   nor deploy.yml, which are yours; without --owner the pin stays that is there
    --json, --quiet, --no-color

It looks for ONNX files, for tables with a column that looks like a label, and at the remote origin. It writes
.github/known-good.yml and .github/workflows/, commented, and says what it guessed. Where the registry has an environment's
tag already, it prints the command that takes what serves there into the ledger.

  known-good init --dry-run
  known-good init --owner OWNER/known-good@0123456789abcdef0123456789abcdef01234567
`;

const DOCTOR = `known-good doctor: check the set-up, and name what is missing

  known-good doctor
    --config FILE      instead of .github/known-good.yml
    --ledger WHERE     a remote's name, URL or path, or "local" (default: origin where there is one)
    --json             the findings on stdout
    --quiet            only what is not well
    --no-color

Config, workflows and their permissions, the ledger's branch and its protection, registry, tags, the deploy workflow on the
default branch, probes. It changes nothing anywhere. With GITHUB_TOKEN it asks GitHub as well; the repository is the one of
origin, or GITHUB_REPOSITORY. The token goes to github.com and to names under ghe.com; to another host of origin only
where GITHUB_SERVER_URL, GITHUB_API_URL or GH_HOST names it.

Exit codes: 0 all is well · 1 something is missing · 3 something could not be told · 64 wrong usage
`;

/** The help of the commands that set a repository up, by name. */
export const SETUP_HELP: Readonly<Record<string, string>> = { init: INIT, doctor: DOCTOR };
