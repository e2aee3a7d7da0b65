import type { InferenceSession } from 'onnxruntime-node';
import type { Signature, TensorInfo } from '../../core/model.ts';

/** The signature of a loaded model as ONNX Runtime tells it; unnamed dimensions are `undefined`. */
export function signatureOf(session: InferenceSession): Signature {
  return { inputs: session.inputMetadata.map(infoOf), outputs: session.outputMetadata.map(infoOf) };
}

function infoOf(value: InferenceSession.ValueMetadata): TensorInfo {
  if (!value.isTensor) return { name: value.name, type: 'container', shape: undefined };
  return {
    name: value.name,
    type: value.type,
    shape: value.shape.map((size) => (size === '' ? undefined : size)),
  };
}
