import { known, unknown } from '../../core/fact.ts';
import type { GateFacts } from '../../gate/facts.ts';
import type { GatePorts } from './gate-ports.ts';
import type { GateRequest, PredictionsRequest } from './gate-request.ts';
import { noDocuments } from './load-documents.ts';
import { loadPredictions } from './load-predictions.ts';

/** The facts of a gate on predictions made elsewhere: numbers and labels, and nothing of any model. */
export async function loadElsewhere(
  request: GateRequest,
  predictions: PredictionsRequest,
  ports: GatePorts,
): Promise<{ facts: GateFacts; assumptions: readonly string[] }> {
  ports.progress(`reading ${predictions.path}`);
  const { task, facts, assumptions } = await loadPredictions(request, predictions, ports);
  const { threshold } = request.outputs;
  return {
    assumptions,
    facts: {
      model: request.model,
      task: known(task),
      predictions: 'elsewhere',
      contract: unknown('The predictions were made elsewhere.'),
      challenger: undefined,
      champion: undefined,
      noChampion:
        facts.champion === undefined ? { asked: false, why: 'the table has no champion column.' } : undefined,
      documents: noDocuments(),
      data: [facts],
      probes: undefined,
      threshold:
        threshold === undefined
          ? { value: 0.5, source: 'default' }
          : { value: threshold, source: 'from the config' },
    },
  };
}
