import { formatCount } from '../../core/format-number.ts';
import { result } from '../../verdict/check-result.ts';
import type { Check } from './check.ts';
import { countOf, quote } from '../../verdict/sentences.ts';
import type { GateFacts, SideFacts } from '../facts.ts';
import type { GateSettings } from '../settings.ts';
import type { CheckResult } from '../../core/check.ts';

/** The file is a sane ONNX graph (read under limits, before any runtime saw it), and ONNX Runtime loads it. */
export const checkStructure: Check = (facts, settings) => {
  const side = facts.challenger;
  return side === undefined ? [elsewhere(facts, settings)] : [readable(side), ...loadable(side)];
};

/** Nothing here proves whose predictions they are: where the environment wants a model that was run, that fails. */
function elsewhere({ model }: GateFacts, settings: GateSettings): CheckResult {
  const refused = settings.predictions === 'measured';
  return result({
    id: 'structure',
    check: 'structure',
    role: refused ? 'gate' : 'inform',
    outcome: refused ? 'fail' : 'hold',
    reason: 'predicted-elsewhere',
    message: `The predictions of ${quote(model)} were made elsewhere; no model file was read or run here${refused ? ', and this environment wants it measured' : ''}.`,
    settle: refused ? 'Gate the model file itself, or set predictions: any for this environment.' : undefined,
  });
}

function readable(side: SideFacts): CheckResult {
  const { structure } = side;
  const [first, ...others] = structure.problems;
  const base = {
    id: 'structure',
    check: 'structure',
    role: 'gate',
    measured: structure.fileBytes,
    unit: 'bytes',
  } as const;
  if (first === undefined) {
    const zipMap =
      structure.zipMap === undefined
        ? ''
        : ` Its final ZipMap (${JSON.stringify(structure.zipMap.output)}) is bypassed for measuring; the gated bytes stay as they are.`;
    return result({
      ...base,
      outcome: 'pass',
      reason: 'well-formed',
      message: `A well-formed ONNX graph of ${countOf(structure.nodes, 'node')} (${operatorsOf(side)}), nothing outside the file.${zipMap}`,
    });
  }
  const more =
    others.length === 0
      ? ''
      : ` And ${countOf(others.length, 'more problem')}: ${others
          .slice(0, 3)
          .map((each) => each.message)
          .join(' ')}`;
  return result({
    ...base,
    outcome: 'fail',
    reason: first.code,
    message: `${first.message}${more}`,
    settle: 'Export the model again as one self-contained .onnx file.',
  });
}

/** The most frequent operators, without their domain. */
function operatorsOf({ structure }: SideFacts): string {
  const sorted = Object.entries(structure.operators).toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  const names = sorted.slice(0, 4).map(([name]) => name.split('.').at(-1) ?? name);
  return sorted.length > names.length ? `${names.join(', ')}, …` : names.join(', ');
}

function loadable(side: SideFacts): CheckResult[] {
  if (side.structure.problems.length > 0) return [];
  const base = { id: 'structure.load', check: 'structure', role: 'gate' } as const;
  if (side.opened.known) {
    const ms = side.opened.value.loadMs;
    return [
      result({
        ...base,
        outcome: 'pass',
        reason: 'loaded',
        measured: ms,
        unit: 'ms',
        message: `ONNX Runtime loads it in ${formatCount(Math.ceil(ms))} ms.`,
      }),
    ];
  }
  return [
    result({
      ...base,
      outcome: 'error',
      reason: 'not-loaded',
      message: side.opened.why,
      settle: / is (sequence|map|optional)\b/.test(side.opened.why)
        ? 'Export the model with tensors as outputs (skl2onnx: options={"zipmap": False}), one model for each target; or make the predictions elsewhere and gate those: --predictions FILE.'
        : 'Load the file with the same ONNX Runtime version and fix what it refuses.',
    }),
  ];
}
