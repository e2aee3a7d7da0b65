// ONNX Runtime alone: the rows of a float32 file through a model, in batches. Prints the milliseconds.
// usage: node test/bench/raw-runtime.mjs MODEL FLOATS ROWS
import { readFileSync } from 'node:fs';

// ONNX Runtime reports usage from 1.29 on, unless it is told not to before it is loaded.
process.env.ORT_DISABLE_TELEMETRY = '1';
const { default: ort } = await import('onnxruntime-node');
const [model, floats, rows] = process.argv.slice(2);
const data = readFileSync(floats);
const matrix = new Float32Array(data.buffer, data.byteOffset, data.byteLength / 4);
const width = matrix.length / Number(rows);
const start = process.hrtime.bigint();
const session = await ort.InferenceSession.create(model);
for (let from = 0; from < Number(rows); from += 4096) {
  const to = Math.min(from + 4096, Number(rows));
  await session.run({
    features: new ort.Tensor('float32', matrix.subarray(from * width, to * width), [to - from, width]),
  });
}
console.log(Number(process.hrtime.bigint() - start) / 1e6);
