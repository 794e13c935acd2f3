import { createRequire } from 'node:module';

export interface EncodableMetric {
  name?: string | undefined;
  alias?: number | undefined;
  timestamp?: number | undefined;
  type: string;
  value: number | boolean | string | null;
  isHistorical?: boolean;
  isNull?: boolean;
  properties?: Record<string, { type: string; value: string | number }>;
}

export interface EncodablePayload {
  timestamp?: number;
  seq?: number;
  metrics: EncodableMetric[];
}

/** The public Sparkplug encoder, so the tests do not check our decoder against our own idea of the format. */
const codec = (
  createRequire(import.meta.url)('sparkplug-payload') as {
    get(namespace: string): { encodePayload(payload: unknown): Uint8Array; decodePayload(bytes: Uint8Array): unknown };
  }
).get('spBv1.0');

export function encodeSparkplug(payload: EncodablePayload): Uint8Array {
  return codec.encodePayload(payload);
}

export function decodeWithLibrary(bytes: Uint8Array): unknown {
  return codec.decodePayload(bytes);
}
