import { KnownGoodError } from '../../core/errors.ts';
import { formatCount } from '../../core/format-number.ts';
import { SIDES, type PerSide, type ShadowTask } from '../../shadow/facts.ts';
import type { OpenLog } from './open-log.ts';
import type { ShadowRequest } from './shadow-request.ts';

interface Guess {
  task: ShadowTask;
  assumptions: readonly string[];
}

/**
 * The task as it was said; else a binary classification, unless scores of both models lie outside of [0, 1]: then a regression, if the labels are
 * more than two values. Scores that are no probabilities, with labels of two classes, are an `input` error.
 */
export async function guessTask(log: OpenLog, { task, positive }: ShadowRequest): Promise<Guess> {
  if (task === 'multiclass-classification') {
    throw new KnownGoodError(
      'config',
      'The shadow compares scores of a binary classification, predictions of a regression, or scores of items; several classes are not compared yet. Log the decision’s score, or compare by known-good gate --predictions.',
    );
  }
  if (task !== undefined) return { task, assumptions: [] };
  if (positive !== undefined) return guessed('binary-classification', 'a positive class is named');
  const outside = await scoresOutside(log);
  if (outside.champion + outside.challenger === 0)
    return guessed('binary-classification', 'all scores lie in [0, 1]');
  const classes = await labelValues(log);
  if (classes > 2) return guessed('regression', 'scores lie outside of [0, 1], and labels have many values');
  if (outside.champion > 0 && outside.challenger > 0) {
    if (classes > 0) throw noProbabilities(outside);
    return guessed('regression', 'scores lie outside of [0, 1]');
  }
  return guessed('binary-classification', 'all scores of one model lie in [0, 1]');
}

function guessed(task: ShadowTask, why: string): Guess {
  return { task, assumptions: [`task: ${task} (${why})`] };
}

/** How many finite scores of each model are no probabilities. */
async function scoresOutside({ session }: OpenLog): Promise<PerSide<number>> {
  const counts = SIDES.map((side) => {
    const score = `${side}_score`;
    const test = `${session.dialect.isFinite(score)} AND (${score} < 0 OR ${score} > 1)`;
    return `CAST(count(*) FILTER (WHERE ${test}) AS DOUBLE) AS ${side}`;
  });
  const found = await session.read(`SELECT ${counts.join(', ')} FROM log`, {
    champion: 'number',
    challenger: 'number',
  });
  return { champion: found.champion[0] ?? 0, challenger: found.challenger[0] ?? 0 };
}

/** How many values the labels have, of the log and of the files. */
async function labelValues({ session, labels, has }: OpenLog): Promise<number> {
  const sources = [...(has('label') ? ['log'] : []), ...(labels === undefined ? [] : ['labels_numbered'])];
  if (sources.length === 0) return 0;
  const all = sources.map((source) => `SELECT label FROM ${source} WHERE label IS NOT NULL`);
  const { n } = await session.read(
    `SELECT CAST(count(DISTINCT label) AS DOUBLE) AS n FROM (${all.join(' UNION ALL ')}) AS known`,
    { n: 'number' },
  );
  return n[0] ?? 0;
}

function noProbabilities({ champion, challenger }: PerSide<number>): KnownGoodError {
  return new KnownGoodError(
    'input',
    `What are the scores? They lie outside of [0, 1] (champion ${formatCount(champion)}, challenger ${formatCount(challenger)}), and the labels have two values at most. Log probabilities, or name the task: --task regression, or models.NAME.task in the config.`,
  );
}
