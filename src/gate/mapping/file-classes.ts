import type { ModelStructure } from '../../core/model.ts';
import { booleansAsNumbers } from './boolean-labels.ts';
import { canonicalLabel } from './labels.ts';

/** The classes that the ONNX file names for the columns of an output, as labels are compared; `undefined` where it names none. */
export function fileClasses(structure: ModelStructure, output: string): readonly string[] | undefined {
  const { classLabels = {}, zipMap } = structure;
  const mapped = zipMap?.output === output || zipMap?.bypassedBy === output ? zipMap.classes : [];
  const names = Object.hasOwn(classLabels, output) ? classLabels[output] : mapped;
  return names === undefined || names.length === 0 ? undefined : booleansAsNumbers(names.map(canonicalLabel));
}
