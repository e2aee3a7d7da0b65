/** An ONNX file with one more metadata entry: protobuf messages merge when they are put one after the other. */
export function withMetadata(model: Uint8Array, key: string, value: string): Uint8Array {
  const METADATA_PROPS = 14;
  return Buffer.concat([model, field(METADATA_PROPS, Buffer.concat([text(1, key), text(2, value)]))]);
}

function text(number: number, value: string): Buffer {
  return field(number, Buffer.from(value));
}

/** A length-delimited field of the protobuf wire format. */
function field(number: number, content: Buffer): Buffer {
  return Buffer.concat([varint(number * 8 + 2), varint(content.length), content]);
}

function varint(value: number): Buffer {
  const low = value % 128;
  return value < 128
    ? Buffer.of(low)
    : Buffer.concat([Buffer.of(low + 128), varint(Math.floor(value / 128))]);
}
