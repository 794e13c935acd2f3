import protobuf from 'protobufjs';

/** `metadata_props` of ModelProto in onnx.proto; an entry has key 1 and value 2. */
const metadataField = 14;

/** What a model says beside its network, by key. The last of two entries with one key counts. Throws a RangeError for what is no protobuf. */
export function onnxMetadata(model: Uint8Array): Map<string, string> {
  const found = new Map<string, string>();
  for (const { number, content } of parts(model))
    if (number === metadataField && content) found.set(...entryOf(content));
  return found;
}

/** The model with these entries added behind it; a protobuf message may be lengthened by appending. */
export function withOnnxMetadata(model: Uint8Array, entries: Iterable<readonly [string, string]>): Uint8Array {
  const writer = protobuf.Writer.create();
  for (const [key, value] of entries)
    writer
      .uint32((metadataField << 3) | 2)
      .fork()
      .uint32((1 << 3) | 2)
      .string(key)
      .uint32((2 << 3) | 2)
      .string(value)
      .ldelim();
  const added = writer.finish();
  const whole = new Uint8Array(model.length + added.length);
  whole.set(model);
  whole.set(added, model.length);
  return whole;
}

/** The model without the entries whose key begins so; every other byte as it was. */
export function withoutOnnxMetadata(model: Uint8Array, prefix: string): Uint8Array {
  const kept: Uint8Array[] = [];
  for (const { number, content, whole } of parts(model))
    if (number !== metadataField || !content || !entryOf(content)[0].startsWith(prefix)) kept.push(whole);
  const result = new Uint8Array(kept.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of kept) {
    result.set(part, at);
    at += part.length;
  }
  return result;
}

interface Part {
  readonly number: number;
  readonly content: Uint8Array | undefined;
  /** With its tag. */
  readonly whole: Uint8Array;
}

function* parts(message: Uint8Array): Generator<Part> {
  const reader = protobuf.Reader.create(message);
  while (reader.pos < reader.len) {
    const start = reader.pos;
    const tag = reader.uint32();
    const [number, type] = [tag >>> 3, tag & 7];
    if (number === 0) throw new RangeError('field number 0');
    let content: Uint8Array | undefined;
    if (type === 2) {
      const length = reader.uint32();
      const end = reader.pos + length;
      if (end > reader.len) throw new RangeError('a field is longer than the file');
      content = message.subarray(reader.pos, end);
      reader.pos = end;
    } else reader.skipType(type, 0);
    yield { number, content, whole: message.subarray(start, reader.pos) };
  }
}

function entryOf(bytes: Uint8Array): [string, string] {
  let [key, value] = ['', ''];
  for (const { number, content } of parts(bytes)) {
    const text = Buffer.from(content ?? []).toString('utf8');
    if (number === 1) key = text;
    else if (number === 2) value = text;
  }
  return [key, value];
}
