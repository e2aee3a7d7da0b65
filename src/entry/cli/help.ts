/** What `known-good help` prints. */
export const HELP = `known-good: release gates for machine-learning models

  known-good gate MODEL.onnx --data test.csv --label y     no config needed
  known-good gate --model NAME [--environment ENV]         by .github/known-good.yml
  known-good gate --predictions FILE --label y             for numbers made elsewhere
  known-good manifest MODEL.onnx --write                   draft a manifest.json
  known-good help COMMAND                                  more about one of them

Everywhere: --config FILE, --json (the result on stdout), --quiet, --no-color, --version
Exit codes: 0 pass · 1 fail · 2 hold · 3 error · 64 wrong usage · 65 bad config or input
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

const MANIFEST = `known-good manifest: draft a manifest.json for a model

  known-good manifest MODEL.onnx|FOLDER           print the draft
    --write                      write it into the folder, beside the model; an existing one is kept
    --name NAME                  the model's name (default: the folder's or the file's)

The draft holds what the ONNX file and git tell. What they cannot tell is left as TODO, and the gate says so.
`;

/** The help of one command; `undefined` when there is no such command. */
export function helpOf(command: string | undefined): string | undefined {
  return command === 'gate' ? GATE : command === 'manifest' ? MANIFEST : undefined;
}
