const COMMAND = `known-good command: what the bot does with a comment, reply and all

  known-good command --event event.json
    --event FILE       the payload of issue_comment, or of workflow_dispatch with the input command
    --event-name NAME  which of both (default: issue_comment)
    --as-run RUN[/N]   the run, and its attempt, that is stood in for; needed outside of GitHub Actions
    --bot LOGIN        a bot that may give commands; may be repeated
    --ignore COMMAND   a command of another bot; may be repeated
    --shadow-workflow FILE   what /shadow starts (default: shadow-report.yml)
    --config FILE      instead of .github/known-good.yml; read from the default branch
    --json             the versioned result on stdout instead of the reply

Environment: GITHUB_TOKEN, GITHUB_REPOSITORY (owner/name), GITHUB_API_URL (default: https://api.github.com). It replies to the comment, as the
token's user. In a workflow use the action: uses: OWNER/known-good@SHA.

  known-good command --event event.json --as-run 4711

Exit codes: 0 done, or refused in a reply · 1 failed · 3 error, not moved, or moved but not proved · 64 wrong usage · 65 bad input
`;

/** The help of the command that stands in for the bot, by name. */
export const COMMAND_HELP: Readonly<Record<string, string>> = { command: COMMAND };
