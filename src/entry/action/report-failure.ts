import { exitCodeOfError, KnownGoodError, messageChain } from '../../core/errors.ts';
import { visibleText } from '../../report/visible-text.ts';
import { visibleLines } from '../visible-lines.ts';
import type { StepWorld } from './step-world.ts';

/**
 * Says why there is no result; `title` heads the annotation and `heading` the summary, and `says` is the output that holds the sentence
 * (`reason` if not said). Returns the exit code. The outputs are set all the same: a workflow that only looks at `outcome` must not read an
 * empty one as fine.
 */
export async function reportFailure(
  error: unknown,
  { title, heading, says = 'reason' }: { title: string; heading: string; says?: 'reason' | 'message' },
  { output }: Pick<StepWorld, 'output'>,
): Promise<number> {
  const [first = 'unknown error', ...causes] = messageChain(error);
  const own = error instanceof KnownGoodError;
  const lines = visibleLines(first, error);
  if (!own) lines.push(...causes.map(visibleText), 'This is a fault of Known Good; please report it.');
  const message = lines.join(' ');
  output.setOutput('outcome', 'error');
  output.setOutput(says, message);
  output.annotate({ level: 'error', title, message });
  await output.writeSummary(
    `## ERROR: ${heading}\n\n\`\`\`text\n${lines.join('\n').replaceAll('`', "'")}\n\`\`\`\n`,
  );
  return exitCodeOfError(error);
}
