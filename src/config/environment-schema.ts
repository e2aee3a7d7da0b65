import * as z from 'zod';
import { EVIDENCE_KINDS } from '../core/policy.ts';
import { allowSchema } from './allow-schema.ts';
import { duration, flag, laneName, list, oneOf, pattern, section, text, wholeNumber } from './allowed.ts';
import { gatesSchema } from './gates-schema.ts';
import { address, probesSchema } from './probe-schema.ts';

/** Eight characters shorter than registries take, for the number behind it in the tags that keep promoted releases. */
const TAG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,119}$/;
const tag = () =>
  pattern(TAG, 'a tag of 1 to 120 letters, digits, "_", "." or "-", not beginning with "." or "-"');

const tags = z.union([tag(), z.record(laneName(), tag(), { error: 'a mapping of model name to tag' })], {
  error: 'a tag such as prod, or a mapping of model name to tag',
});

const evidence = section({
  max_age: duration().optional().describe('How old a verdict may be at promotion (default: any age).'),
  from: oneOf(['default-branch', 'anywhere'])
    .optional()
    .describe(
      'default-branch: only verdicts of runs there or on a tag; anywhere (default): a laptop’s count too, a pull request’s never.',
    ),
});

const argument = z.string({ error: 'a text' }).max(4000, { error: 'a text of at most 4000 characters' });

/** A file of `.github/workflows`, by its name alone. */
const WORKFLOW = /^[A-Za-z0-9_.()+@ -]{1,190}\.ya?ml$/;
const WORKFLOW_ALLOWED = 'the name of a file in .github/workflows, without its folder, such as deploy.yml';
const REF = /^[A-Za-z0-9_.][A-Za-z0-9._/@#+-]{0,199}$/;

const deploy = z.union(
  [
    z.literal('none'),
    section({
      command: list(argument, 'a list of program and arguments')
        .refine(([program]) => program !== '', { error: 'a list of program and arguments' })
        .describe('Program and arguments, run without a shell; the inputs are in KG_* variables.'),
      timeout: duration().optional().describe('When it is stopped and counts as failed (default 10m).'),
    }),
    section({
      workflow: pattern(WORKFLOW, WORKFLOW_ALLOWED).describe(
        'File of .github/workflows that is started with the inputs model, environment, image, digest, sha, version, seq and operation.',
      ),
      ref: pattern(REF, 'a branch or tag such as main')
        .optional()
        .describe('Branch or tag that it runs on (default: the default branch).'),
      timeout: duration().optional().describe('How long its run is waited for (default 30m).'),
    }),
  ],
  { error: 'none, { command: […] } or { workflow: deploy.yml }' },
);

const acceptHold = z.union([z.literal('anyone'), list(text(100, 'a name'), 'a list of names')], {
  error: 'anyone, or a list of names',
});

/** Both ways to write it become one. */
interface Approvals {
  count: number;
  own?: boolean | undefined;
}

const approvals = z.union(
  [
    wholeNumber({ min: 0, max: 10 }).transform((count): Approvals => ({ count })),
    section({
      count: wholeNumber({ min: 0, max: 10 }).describe('How many.'),
      own: flag().optional().describe('Whether the approval of the one who promotes counts (default false).'),
    }),
  ],
  { error: 'a whole number from 0 to 10, or { count, own }' },
);

/** One environment of the config. Which keys and environments go together is in `environment-checks.ts`. */
export const environmentSchema = section({
  tag: tags
    .optional()
    .describe('The tag that says what serves here; needed to promote. One for all models, or one each.'),
  after: laneName().optional().describe('Environment in which a release must be healthy first.'),
  soak: duration()
    .optional()
    .describe(
      'How long a release must serve well here before it counts as known good (default: one good look).',
    ),
  requires: list(oneOf(EVIDENCE_KINDS), 'a list of: gate, shadow', 0)
    .optional()
    .describe('Evidence that a release needs here (default: gate; [] asks for none).'),
  evidence: evidence.optional().describe('Which evidence counts.'),
  carries_artifact: flag()
    .optional()
    .describe('Whether the image must prove that it carries the gated artifact (default false).'),
  allow: allowSchema
    .optional()
    .describe(
      'Who may give which command by comment: roles of the repository (each with the stronger ones) and logins.',
    ),
  approvals: approvals.optional().describe('Approvals that a promotion needs (default 0).'),
  deploy: deploy
    .optional()
    .describe('How a digest reaches the servers; none (default): the runtime follows the tag.'),
  verify: probesSchema
    .optional()
    .describe('Questions to the running server; all must be answered as expected.'),
  control: address()
    .optional()
    .describe('An address that answers while our own network is well (default: the registry is asked).'),
  on_failure: oneOf(['rollback', 'hold'])
    .optional()
    .describe('What a failed release leads to: a rollback, or nothing but its mark (hold, default).'),
  accept_hold: acceptHold
    .optional()
    .describe('Who may promote over a hold, with a reason (default: nobody).'),
  predictions: oneOf(['measured', 'any'])
    .optional()
    .describe(
      'measured (default): the model must have been run here; any: predictions made elsewhere count too.',
    ),
  gates: z
    .record(laneName(), gatesSchema, { error: 'a mapping of model name to gates' })
    .optional()
    .describe('Limits by model, laid over the model’s own.'),
});

/** Durations in milliseconds; defaults are not filled in. */
export type EnvironmentConfig = z.infer<typeof environmentSchema>;
