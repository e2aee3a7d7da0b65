import { KnownGoodError } from '../../../core/errors.ts';
import { LANE_NAME } from '../../../core/lane.ts';
import { seen } from '../../../core/seen.ts';
import { releaseQuarantined } from '../../release/release-quarantined.ts';
import { asked } from '../asked.ts';
import type { BotTask, Handler } from '../bot-task.ts';
import { changeAnswer } from '../change-answer.ts';
import { configIfAny } from '../lane-of-task.ts';
import { knownLanes, policiesOfModel } from '../known-lanes.ts';
import { mayGive } from '../may-give.ts';

/** `/release [MODEL@]RELEASE --reason "…"`: out of quarantine, which is the model's in all environments: all of them must let one. */
export const releaseHandler: Handler<'release'> = async (task, command) => {
  const model = await modelMeant(task, command.release);
  const policies = await policiesOfModel(task, model);
  await task.authorize({ policies });
  await task.fresh?.mustBeSame();
  const { release, reason, dryRun } = command;
  const order = { model, release, reason, dryRun, comment: asked(task).comment };
  const result = await releaseQuarantined(task.release, order);
  return changeAnswer(result, task.context({ mayGive: mayGive(policies[0]) }));
};

/** The model before the `@`, else the only one there is. */
async function modelMeant(task: BotTask, release: string): Promise<string> {
  const at = release.indexOf('@');
  const named = at > 0 ? release.slice(0, at) : undefined;
  if (named !== undefined && LANE_NAME.test(named)) return named;
  const config = await configIfAny(task);
  const models =
    config === undefined
      ? [...new Set((await knownLanes(task)).map(({ lane }) => lane.model))]
      : Object.keys(config.models);
  const [only] = models;
  if (only !== undefined && models.length === 1) return only;
  const list = models.join(', ') || 'none';
  throw new KnownGoodError(
    'usage',
    `Which model’s ${seen(release)}? Write MODEL@RELEASE; there are: ${list}.`,
  );
}
