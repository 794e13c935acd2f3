/** The command `Node Control/Rebirth = true` as a Sparkplug B payload; small enough to write by hand. */
export function encodeRebirth(timestamp: number): Uint8Array {
  const name = Buffer.from('Node Control/Rebirth');
  const time = varint(timestamp);
  // name (1, text), timestamp (3), datatype (4) = 11 Boolean, boolean_value (14) = 1
  const metric = [0x0a, name.length, ...name, 0x18, ...time, 0x20, 11, 0x70, 1];
  return Uint8Array.from([0x08, ...time, 0x12, metric.length, ...metric]);
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127) {
    bytes.push((rest % 128) | 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
  return bytes;
}
