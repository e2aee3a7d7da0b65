/** A common accident, recognised by the first bytes, and what to do about it. */
interface Format {
  matches(bytes: Uint8Array, start: string): boolean;
  sentence: string;
}

const startsWith =
  (...prefixes: string[]) =>
  (_: Uint8Array, start: string): boolean =>
    prefixes.some((prefix) => start.startsWith(prefix));

const FORMATS: readonly Format[] = [
  { matches: (bytes) => bytes.length === 0, sentence: 'The file is empty.' },
  {
    matches: startsWith('version https://git-lfs'),
    sentence:
      'The file is a Git LFS pointer, not the model itself. Fetch it with git lfs pull (in a workflow: lfs: true at the checkout).',
  },
  {
    matches: startsWith('PK\x03\x04'),
    sentence: 'The file is a zip archive (PyTorch and Keras save models so). Export the model to ONNX.',
  },
  { matches: startsWith('\x1f\x8b'), sentence: 'The file is compressed with gzip. Unpack it first.' },
  {
    matches: startsWith('\x89HDF'),
    sentence: 'The file is HDF5 (Keras saves models so). Export the model to ONNX.',
  },
  { matches: startsWith('GGUF'), sentence: 'The file is a GGUF model. Known Good runs ONNX models.' },
  {
    matches: (_, start) => start.slice(4, 8) === 'TFL3',
    sentence: 'The file is a TensorFlow Lite model. Export the model to ONNX.',
  },
  {
    matches: (bytes) => bytes[0] === 0x80 && (bytes[1] ?? 0) >= 2 && (bytes[1] ?? 0) <= 5,
    sentence: 'The file is a Python pickle. Export the model to ONNX, for example with skl2onnx.',
  },
  {
    matches: (bytes, start) => bytes[7] === 0 && /^\{\s*"/.test(start.slice(8)),
    sentence:
      'The file is in the safetensors format, which holds weights without a graph. Export the model to ONNX.',
  },
  {
    matches: (_, start) => /^(\xef\xbb\xbf)?\s*</.test(start),
    sentence: 'The file is HTML or XML, perhaps a page that was saved in the place of a download.',
  },
  {
    matches: (_, start) => /^(\xef\xbb\xbf)?\s*[{[]/.test(start) && isText(start),
    sentence: 'The file is JSON, not ONNX.',
  },
  { matches: (_, start) => isText(start), sentence: 'The file is text, not ONNX.' },
];

/** Says what a file is that is plainly something else than ONNX; `undefined` when it may be ONNX. */
export function foreignFormat(bytes: Uint8Array): string | undefined {
  const start = Array.from(bytes.subarray(0, 256), (byte) => String.fromCharCode(byte)).join('');
  return FORMATS.find((format) => format.matches(bytes, start))?.sentence;
}

/** An ONNX file begins with a field tag below 0x20, which text holds nowhere but in its white space. */
function isText(start: string): boolean {
  return /^[\t\n\r\x20-\x7e\x80-\xff]+$/.test(start);
}
