import * as z from 'zod';
import { optionalText, textLines } from '../action/input-fields.ts';

/** The inputs of the root action. Names of bots and commands are one a line. */
export const botInputs = z.object({
  'github-token': optionalText,
  command: optionalText,
  config: optionalText,
  bots: textLines,
  ignore: textLines,
  registry: optionalText,
  'registry-username': optionalText,
  'registry-password': optionalText,
  'shadow-workflow': optionalText,
});

export type BotInputs = z.infer<typeof botInputs>;
