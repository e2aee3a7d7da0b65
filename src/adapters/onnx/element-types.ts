/** ONNX element types by their number in TensorProto.DataType: our name, and bytes an element takes (0 where it varies). */
const ELEMENTS: readonly (readonly [name: string, bytes: number])[] = [
  ['undefined', 0],
  ['float32', 4],
  ['uint8', 1],
  ['int8', 1],
  ['uint16', 2],
  ['int16', 2],
  ['int32', 4],
  ['int64', 8],
  ['string', 0],
  ['bool', 1],
  ['float16', 2],
  ['float64', 8],
  ['uint32', 4],
  ['uint64', 8],
  ['complex64', 8],
  ['complex128', 16],
  ['bfloat16', 2],
  ['float8e4m3fn', 1],
  ['float8e4m3fnuz', 1],
  ['float8e5m2', 1],
  ['float8e5m2fnuz', 1],
  ['uint4', 0],
  ['int4', 0],
  ['float4e2m1', 0],
];

/** The name of an ONNX element type; `type 99` for a number that the specification does not have. */
export function elementTypeName(code: number): string {
  return ELEMENTS[code]?.[0] ?? `type ${code}`;
}

/** Bytes of one element in `raw_data`; 0 for strings, packed and unknown types. */
export function elementBytes(code: number): number {
  return ELEMENTS[code]?.[1] ?? 0;
}
