import * as z from 'zod';
import { canonicalJson } from '../core/canonical-json.ts';
import { duration, list, number, oneOf, pattern, section, text, wholeNumber } from './allowed.ts';

/** Without flags, which a JSON Schema could not hold. */
const ADDRESS = /^[Hh][Tt][Tt][Pp][Ss]?:\/\/[^\s/?#@\\]+(?:[/?#][^\s]*)?$/;
const ADDRESS_ALLOWED = 'an http(s) address without user and password';

/** An address that a probe or a control asks: http or https, without user and password, as the ledger keeps it for all to read. */
export const address = () =>
  pattern(ADDRESS, ADDRESS_ALLOWED).refine((url) => !ADDRESS.test(url) || URL.canParse(url), {
    error: ADDRESS_ALLOWED,
  });

const path = () => text(200, 'a field such as version or models.0.name').describe('Field of the answer.');
const tolerance = () => number({ min: 0 }).describe('Largest absolute difference of a number.');

const scalar = z.union([z.string().max(1000), z.number(), z.boolean(), z.null()], {
  error: 'a text, a number, true, false or null',
});

const json = section({
  path: path(),
  equals: scalar.optional().describe('The value that it must have.'),
  is: oneOf(['version', 'digest', 'sha', 'artifact'])
    .optional()
    .describe('The property of the promoted release that it must be.'),
  tolerance: tolerance().optional(),
}).meta({ oneOf: [{ required: ['equals'] }, { required: ['is'] }] });

const golden = section({ path: path(), tolerance: tolerance() });

const MOST_BODY_CHARACTERS = 10_000;
const BODY_ALLOWED = `JSON of at most ${MOST_BODY_CHARACTERS} characters`;

const body = z.unknown().refine(isSmallJson, { error: BODY_ALLOWED }).pipe(z.json());

/** YAML can hold numbers that JSON cannot. */
function isSmallJson(value: unknown): boolean {
  try {
    return canonicalJson(value).length <= MOST_BODY_CHARACTERS;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/** One question to the running server, as it is written; which keys go together is in `environment-checks.ts`. */
const probeSection = section({
  name: text(100).optional().describe('What messages call it (default: method and path).'),
  get: address().optional().describe('Address to GET.'),
  post: address().optional().describe('Address to POST to.'),
  body: body.optional().describe('JSON to POST.'),
  status: wholeNumber({ min: 100, max: 599 })
    .optional()
    .describe('Status that the answer must have (default 200).'),
  within: duration().optional().describe('Asked again until good or this time is over (default 30s).'),
  json: json.optional().describe('A field that the JSON answer must hold.'),
  golden: golden
    .optional()
    .describe('POSTs the release’s own golden request; its golden answer must come back.'),
}).meta({ oneOf: [{ required: ['get'] }, { required: ['post'] }] });

/** What proves that a release serves well. They are part of every intent in the ledger, so there are at most 20. */
export const probesSchema = list(probeSection, 'a list of 1 to 20 probes such as { get: URL }').max(20, {
  error: 'a list of 1 to 20 probes such as { get: URL }',
});

export type ProbeConfig = z.infer<typeof probeSection>;
