import { COMMAND_HELP } from './command-help.ts';
import { RELEASE_HELP } from './release-help.ts';
import { SETUP_HELP } from './setup-help.ts';

/** What `known-good help` prints. */
export const HELP = `known-good: release gates, promotion and rollback for machine-learning models

Set it up
  known-good init [--owner OWNER/known-good@SHA]           write config and workflows
  known-good doctor                                        check the set-up, and name what is missing

Judge a model
  known-good gate MODEL.onnx --data test.csv --label y     no config needed
  known-good gate --model NAME [--environment ENV]         by .github/known-good.yml
  known-good gate --predictions FILE --label y             for numbers made elsewhere
  known-good shadow --log 'logs/*.parquet' --labels FILE   champion and challenger on the same traffic, no config needed
  known-good shadow --model NAME --environment ENV         by .github/known-good.yml and the ledger
  known-good manifest MODEL.onnx --write                   draft a manifest.json

Make it a release
  known-good package --model NAME                          the artifact into its image repository
  known-good register --model NAME --version V --digest D --evidence verdict.json

Move it                                                    LANE is [MODEL/]ENV
  known-good promote LANE [RELEASE]                        refused with all reasons, or done and looked at
  known-good rollback LANE [RELEASE]                       to the last release that was proved good
  known-good verify LANE [--watch]                         look at what is served
  known-good adopt LANE --reason "…"                       an environment that is older than the ledger

Ask
  known-good status [LANE] · history LANE · why LANE
  known-good ledger verify [--against DIGITS] · ledger show LANE [SEQ]

Hold back
  known-good lock LANE --reason "…" · unlock LANE · release RELEASE --reason "…"
  known-good approve LANE RELEASE                          the comment on GitHub that approves a promotion
  known-good command --event event.json                    what the bot does with that comment

  known-good help COMMAND                                  more about one of them

Everywhere: --config FILE, --json (the result on stdout), --quiet, --no-color, --version; --dry-run where something changes
Exit codes: 0 pass or done · 1 fail or refused · 2 hold, waiting or busy · 3 error, drift or not proved · 64 wrong usage · 65 bad config or input
`;

const GATE = `known-good gate: measure a model, hold it against gates and its champion, write a report

Without config
  known-good gate MODEL.onnx|FOLDER --data FILE --label COLUMN
    --against MODEL.onnx|FOLDER  the champion: both are measured on the same rows
    --id COLUMN                  names a row
    --task TASK                  binary-classification, multiclass-classification, regression (guessed by default)
    --features FILE.json|a,b,c   the model's features in order (guessed by default)
    --positive LABEL             the positive class
    --classes A,B,C              the labels in the order of the model's columns
    --slice COLUMN               compare on the values of this column too; may be repeated

By config (.github/known-good.yml)
  known-good gate [FOLDER] --model NAME
    --environment ENV            with the gates that this environment adds
    --artifact FOLDER            instead of the config's artifact
    --against MODEL.onnx|FOLDER  instead of the config's baseline

Predictions made elsewhere (CSV or JSONL; marked so in the verdict)
  known-good gate --predictions FILE
    --label COLUMN               the truth; per-item scores have none: --task score
    --challenger COLUMN          default: challenger; several classes: challenger.CLASS
    --champion COLUMN            default: champion; "none" when there is none

Output
    --out FOLDER                 report.html, report.md, verdict.json (default: known-good-report)
    --json                       the verdict on stdout
    --quiet                      one line
    --no-color

Exit codes: 0 pass · 1 fail · 2 hold · 3 error · 64 wrong usage · 65 bad config or input
`;

const SHADOW = `known-good shadow: two models scored the same requests, only one acted; compare them, decide, write a report

Without config
  known-good shadow --log FILES --labels FILES
    --log FILES                  CSV, JSONL or Parquet (also gzipped), a path or a pattern; may be repeated. Columns are guessed by
                                 common names: request_id, timestamp, champion_score, challenger_score, …_latency_ms, …_error,
                                 …_version, label, label_timestamp; nested ones too (champion.score)
    --labels FILES               labels that came later, by request_id; may be repeated
    --champion NAME --challenger NAME   versions as the log has them (default: the pair with the most rows)
    --task TASK                  binary-classification, regression or score (guessed by default)
    --positive LABEL             the positive class (default: 1)
    --threshold NUMBER           a score from here on decides positive (default: 0.5)
    --reference FILE             the training data, for drift
    --slice COLUMN               compare on the values of this column too; may be repeated
    --gate-verdict FILE          verdict.json of the challenger's gate: what the evaluation promised

By config (.github/known-good.yml, models.NAME.shadow)
  known-good shadow --model NAME [--environment ENV]
    --champion RELEASE           default: what serves in ENV
    --challenger RELEASE         default: what was registered last
    --log, --labels              instead of the config's
    --ledger WHERE               a remote's name, URL or path, or local

Output
    --out FOLDER                 report.html, report.md, verdict.json (default: known-good-report)
    --json                       the verdict on stdout
    --quiet                      one line
    --no-color

Evidence for a promotion: known-good register … --evidence verdict.json
Exit codes: 0 pass · 1 fail · 2 hold · 3 error · 64 wrong usage · 65 bad config or input
`;

const MANIFEST = `known-good manifest: draft a manifest.json for a model

  known-good manifest MODEL.onnx|FOLDER           print the draft
    --write                      write it into the folder, beside the model; an existing one is kept
    --name NAME                  the model's name (default: the folder's or the file's)

The draft holds what the ONNX file and git tell. What they cannot tell is left as TODO, and the gate says so.
`;

/** The help of one command; `undefined` when there is no such command. */
export function helpOf(command: string | undefined): string | undefined {
  if (command === 'gate') return GATE;
  if (command === 'manifest') return MANIFEST;
  if (command === 'shadow') return SHADOW;
  const others = { ...RELEASE_HELP, ...SETUP_HELP, ...COMMAND_HELP };
  return command !== undefined && Object.hasOwn(others, command) ? others[command] : undefined;
}
