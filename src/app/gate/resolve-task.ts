import type { Task } from '../../core/task.ts';
import { guessTask } from '../../gate/mapping/guess-task.ts';
import { canonicalLabel } from '../../gate/mapping/labels.ts';
import type { GatePorts } from './gate-ports.ts';
import type { DataRequest } from './gate-request.ts';
import type { PlannedSide } from './plan-side.ts';

/** The task, and why it was guessed where nobody named it. */
export interface ResolvedTask {
  task: Task;
  because?: string;
}

/** The task that was named, else the one that the model and the labels suggest. */
export async function resolveTask(
  named: Task | undefined,
  { challenger, data }: { challenger: PlannedSide; data: DataRequest },
  { tables }: Pick<GatePorts, 'tables'>,
): Promise<ResolvedTask> {
  if (named !== undefined) return { task: named };
  const read = await tables.read(data.path, [{ name: data.label, type: 'string' }]);
  const column = read.columns.get(data.label);
  const { outputs, structure } = challenger.facts;
  return guessTask({
    metadata: structure.metadata['task'],
    width: outputs.known ? outputs.value.width : undefined,
    hasLabelOutput: outputs.known && outputs.value.label !== undefined,
    labels: column?.type === 'string' ? column.values.map(canonicalLabel) : [],
  });
}
