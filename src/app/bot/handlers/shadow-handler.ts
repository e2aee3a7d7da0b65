import { code, link, text } from '../../../report/document.ts';
import { fact } from '../../../report/bot/fact.ts';
import { plainReply } from '../../../report/bot/plain-reply.ts';
import type { Handler } from '../bot-task.ts';
import { policiesOfModel } from '../known-lanes.ts';
import { modelMeant } from '../model-meant.ts';
import { answeredBefore } from '../twin.ts';

/** `/shadow [MODEL]`: starts the workflow that compares champion and challenger, and once for a comment that has its reply. */
export const shadowHandler: Handler<'shadow'> = async (task, command) => {
  const loaded = await task.config;
  if (loaded.kind === 'unusable') throw loaded.error;
  const model = modelMeant(loaded.config, command.model);
  await task.authorize({ policies: await policiesOfModel(task, model) });
  const workflow = task.settings.shadowWorkflow;
  const facts = [fact('Workflow', code(workflow)), fact('Model', code(model))];
  const shown = { tone: 'hold', facts } as const;
  if (command.dryRun) {
    const sentences = [`Would start ${workflow} on the default branch for ${model}.`];
    const blocks = plainReply(
      { ...shown, words: 'PLAN', rest: `a shadow of ${model}; nothing was started`, sentences },
      task.context(),
    );
    return { outcome: 'planned', message: sentences[0] ?? '', blocks };
  }
  // No ledger holds what this comment started: its reply does.
  const answered = await answeredBefore(task);
  if (answered !== undefined) return answered;
  await task.fresh?.mustBeSame();
  const { url } = await task.ports.workflows.start({ workflow, inputs: { model } });
  const where =
    url === undefined
      ? fact('Run', 'among the runs of that workflow')
      : fact('Run', link('its run', url), text(''));
  const message = `The shadow of ${model} was started. Its report goes where that workflow puts it: to the pull request of the challenger’s commit, else to the job summary.`;
  const blocks = plainReply(
    {
      tone: 'pass',
      words: 'STARTED',
      rest: `a shadow of ${model}`,
      sentences: [message],
      facts: [...facts, where],
    },
    task.context(),
  );
  return { outcome: 'done', message, blocks };
};
