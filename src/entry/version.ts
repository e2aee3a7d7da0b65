import packageJson from '../../package.json' with { type: 'json' };

/** Name and version of this tool, as verdicts name their producer. */
export const TOOL = `known-good ${packageJson.version}`;

/** The ONNX Runtime that models are run with. */
export const ONNX_RUNTIME = `onnxruntime-node ${packageJson.dependencies['onnxruntime-node']}`;
