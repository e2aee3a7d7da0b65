import { inMebibytes } from './failure-sentences.ts';
import { FrameError } from './frame.ts';
import { plainLine } from './quote-name.ts';

const SOURCE_PLACE = /\/onnxruntime_src\/\S+:\d+\s*/g;
const ALLOCATION = /Failed to allocate memory for requested buffer of size (\d+)/;

/** The sentence for something that ONNX Runtime threw, without the places in its own source. */
export function describeRefusal(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  if (error instanceof FrameError) return `The tensors for the model are broken: ${text}.`;
  const wanted = ALLOCATION.exec(text)?.[1];
  if (wanted !== undefined) {
    return `The model asked for ${inMebibytes(Number(wanted))} of memory at once, which ONNX Runtime could not get.`;
  }
  return `ONNX Runtime refused: ${JSON.stringify(plainLine(text.replace(SOURCE_PLACE, '')))}.`;
}
