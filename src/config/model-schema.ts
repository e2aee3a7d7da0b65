import * as z from 'zod';
import { ELEMENT_TYPES } from '../core/model.ts';
import { TASKS } from '../core/task.ts';
import { list, number, oneOf, section, text } from './allowed.ts';
import { columnName, gatesSchema } from './gates-schema.ts';
import { shadowSchema } from './shadow-schema.ts';
import { sliceSchema } from './slice-schema.ts';
import { sameImage } from '../core/same-image.ts';

const path = () => text(1000, 'a path');

const IMAGE_ALLOWED =
  'an image repository such as ghcr.io/acme/bank (lower case, no tag, no digest) or oci-layout:FOLDER';

/** In the one spelling that lanes and releases are compared by. */
const image = text(500, IMAGE_ALLOWED)
  .refine((value) => sameImage(value) !== undefined, { error: IMAGE_ALLOWED })
  .transform((value) => sameImage(value) ?? value);
const names = (allowed: string) => list(columnName(), allowed);

const contract = section({
  features: z
    .union([path(), names('a list of names')], { error: 'a path to a features document, or a list of names' })
    .describe('What serving sends, in order: a JSON document (path, or path#/key) or the names themselves.'),
  types: z
    .record(columnName(), oneOf(ELEMENT_TYPES), {
      error: `a mapping of feature to ${ELEMENT_TYPES.join(', ')}`,
    })
    .optional()
    .describe('Element types of features that are not numbers, by name.'),
  missing: oneOf(['answer', 'refused'])
    .optional()
    .describe('What a missing value must lead to: a finite answer, or an error.'),
});

const input = section({
  columns: z
    .union([z.literal('contract'), names('a list of columns')], { error: 'contract, or a list of columns' })
    .describe('Columns that fill this input, in order; contract: the features of the contract.'),
});

const classLabel = z.union([text(200), z.number()], { error: 'a text or a number' });

const outputs = section({
  score: text(200).optional().describe('The output that holds probabilities or scores.'),
  positive: classLabel.optional().describe('The label of the positive class.'),
  label: text(200).optional().describe('The output that holds the predicted label.'),
  prediction: text(200).optional().describe('The output that holds a regression’s prediction.'),
  threshold: number({ min: 0, max: 1 }).optional().describe('A row counts as positive from this score on.'),
  classes: list(classLabel, 'a list of at least two labels', 2)
    .optional()
    .describe('The labels, in the order of the probabilities.'),
});

const baseline = z.union(
  [
    z.literal(['auto', 'none']),
    section({ path: path().describe('Artifact folder or model file of the champion.') }),
    section({ git: text(200, 'a git revision').describe('Git revision whose artifact is the champion.') }),
  ],
  { error: 'auto, none, { path: … } or { git: … }' },
);

const join = z.union(
  [
    path(),
    section({
      path: path().describe('The second table.'),
      id: columnName().optional().describe('Its id column, where it has another name.'),
    }),
  ],
  {
    error: 'a path, or { path: …, id: … }',
  },
);

const id = columnName()
  .optional()
  .describe('Column that names a row; needed to join and to find duplicates.');

const evaluated = section({
  path: path().describe('The table: CSV or JSONL, gzipped or not, or Parquet where DuckDB is installed.'),
  label: columnName().describe('Column of the true label.'),
  id,
  join: join.optional().describe('A second table with more columns (for slices), joined by id.'),
  cluster: columnName().optional().describe('Column of the entity whose rows belong together.'),
});

const training = section({ path: path().describe('The table the model was trained on.'), id });

const predictions = section({
  path: path().describe('A table of labels and predictions made elsewhere.'),
  label: columnName().optional().describe('Column of the true label; a task of scores has none.'),
  id,
  champion: columnName().optional().describe('Column of the champion’s predictions or scores.'),
  challenger: columnName().describe('Column of the challenger’s predictions or scores.'),
});

const data = section({
  test: evaluated.optional().describe('The held-out table that decides.'),
  frozen: evaluated.optional().describe('A reference table that never changes; gated as well.'),
  train: training.optional().describe('The training table, to find rows that the test table shares with it.'),
  slices: list(sliceSchema, 'a list of columns or { column, edges }')
    .optional()
    .describe('Parts of the test table to look at one by one.'),
  predictions: predictions
    .optional()
    .describe('For models that are not run here: their predictions as a table.'),
});

/** One model of the config. Relative paths start at the folder that holds `.github/`, for a config elsewhere at the working folder. */
export const modelSchema = section({
  task: oneOf(TASKS).describe('What the model does; decides which metrics there are.'),
  artifact: path()
    .optional()
    .describe('The artifact folder or .onnx file; not needed with data.predictions.'),
  model: path()
    .optional()
    .describe('The model file in the folder (default: model.onnx, or the only .onnx file).'),
  image: image.optional().describe('The image repository of its releases, without tag and digest.'),
  owner: text(200).optional().describe('Who answers for the model: a user, a team, an address.'),
  contract: contract.optional().describe('What serving sends: the authority on inputs.'),
  inputs: z
    .record(text(200), input, { error: 'a mapping of input name to { columns: … }' })
    .optional()
    .describe('Which columns fill which input; guessed and printed when absent.'),
  outputs: outputs.optional().describe('Which output is what; guessed by shape and printed when absent.'),
  baseline: baseline.optional().describe('The champion: auto (default), none, a path, or a git revision.'),
  data: data.describe('The tables.'),
  gates: gatesSchema.optional().describe('The limits that decide.'),
  shadow: shadowSchema
    .optional()
    .describe('The log of champion and challenger on the same traffic, and what it decides.'),
});

/** Durations in milliseconds, sizes in bytes; defaults are not filled in. */
export type ModelConfig = z.infer<typeof modelSchema>;
