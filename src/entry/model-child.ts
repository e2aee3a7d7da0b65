import { serveModel } from '../adapters/onnx/model-child.ts';

await serveModel();
