import type { WorkflowModel } from './fill-workflow.ts';
import { fillWorkflow } from './fill-workflow.ts';
import { pinOf, withPin } from './known-good-pins.ts';
import type { InitFacts, InitWish, PlannedFile } from './setup-facts.ts';

/** Where a workflow goes. */
export const workflowPath = (file: string): string => `.github/workflows/${file}`;

/** The deployment, into which everybody writes their own steps. */
export const DEPLOY_WORKFLOW = workflowPath('deploy.yml');

/** On a schedule, and red every morning where no log is configured. */
const SHADOW = 'shadow-report.yml';

/**
 * The starter workflows, filled in for a model, and the other workflows whose pin of Known Good is moved. What is there is replaced by
 * `--force` alone, and deploy.yml by nothing; without `--owner` the pin stays that is there.
 */
export function planWorkflows(
  facts: InitFacts,
  wish: InitWish,
  model: WorkflowModel | undefined,
): PlannedFile[] {
  const anyPin = Object.values(facts.existing).flatMap((text) => pinOf(text) ?? [])[0];
  const starters = Object.entries(facts.templates).flatMap(([file, template]): PlannedFile[] => {
    if (model === undefined || (file === SHADOW && model.hasShadow !== true)) return [];
    const path = workflowPath(file);
    const existing = facts.existing[path];
    const own = existing === undefined ? undefined : pinOf(existing);
    const text = fillWorkflow(template, { model, facts, action: wish.action ?? own ?? anyPin });
    return [
      existing === undefined
        ? { path, text, standing: text, what: 'written' }
        : keptBut(wish, { path, text, existing }),
    ];
  });
  const planned = new Set(starters.map(({ path }) => path));
  const others = Object.entries(facts.existing).flatMap(([path, existing]): PlannedFile[] => {
    if (!path.startsWith(workflowPath('')) || planned.has(path)) return [];
    const file = keptBut({ ...wish, force: false }, { path, text: existing, existing });
    return file.what === 'pinned' ? [{ ...file, text: file.standing }] : [];
  });
  return [...starters, ...others];
}

function keptBut(
  { action, force }: InitWish,
  { path, text, existing }: { path: string; text: string; existing: string },
): PlannedFile {
  if (force && path !== DEPLOY_WORKFLOW && existing !== text)
    return { path, text, standing: text, what: 'replaced' };
  const standing = action === undefined ? existing : withPin(existing, action);
  if (standing !== existing) return { path, text, standing, what: 'pinned' };
  return { path, text, standing, what: existing === text ? 'same' : 'kept' };
}
