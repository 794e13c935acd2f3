import sparkplug from 'sparkplug-payload';
import type { UMetric, UPayload } from 'sparkplug-payload/lib/sparkplugbpayload.js';

const codec = sparkplug.get('spBv1.0')!;

export type SparkplugMetric = UMetric;
export type SparkplugPayload = UPayload;

export function encodeSparkplug(payload: SparkplugPayload): Buffer {
  return Buffer.from(codec.encodePayload(payload));
}

export function decodeSparkplug(bytes: Uint8Array): SparkplugPayload {
  return codec.decodePayload(bytes);
}
