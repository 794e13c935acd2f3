import { createRequire } from 'node:module';
import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Quality } from '../../quality.ts';
import { encodeSparkplug } from '../support/sparkplug-encoder.ts';
import { decodePayload, type SparkplugMetric } from './decode-payload.ts';
import { dataTypes, metricQuality, metricValue } from './metric-value.ts';

const { get } = createRequire(import.meta.url)('sparkplug-payload') as {
  get(namespace: string): { decodePayload(bytes: Uint8Array): DecodedByLibrary };
};
interface DecodedByLibrary {
  timestamp: { toNumber(): number };
  seq: { toNumber(): number } | number;
  metrics: { name?: string; alias?: { toNumber(): number } | number; type: string; value: unknown }[];
}

function decodeAll(bytes: Uint8Array) {
  const metrics: (SparkplugMetric & { value: number })[] = [];
  const header = decodePayload(bytes, (metric) =>
    metrics.push({ ...metric, value: metricValue(metric, metric.datatype) }),
  );
  return { header, metrics };
}

/** A small generator with a seed, so a failing payload can be made again. */
function random(seed: number) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
}

const ranges: Record<string, [number, number]> = {
  Int8: [-128, 127],
  Int16: [-32768, 32767],
  Int32: [-2147483648, 2147483647],
  Int64: [-9007199254740991, 9007199254740991],
  UInt8: [0, 255],
  UInt16: [0, 65535],
  UInt32: [0, 4294967295],
  UInt64: [0, 9007199254740991],
  DateTime: [0, 4102444800000],
};

function randomMetric(next: () => number, index: number) {
  const types = [...Object.keys(ranges), 'Float', 'Double', 'Boolean', 'String'];
  const type = types[Math.floor(next() * types.length)]!;
  let value: number | boolean | string;
  if (type === 'Boolean') value = next() < 0.5;
  else if (type === 'String') value = `label ${index} 温度`;
  else if (type === 'Float') value = Math.fround((next() - 0.5) * 1e6);
  else if (type === 'Double') value = (next() - 0.5) * 1e12;
  else {
    const [low, high] = ranges[type]!;
    const edge = next();
    value = edge < 0.2 ? low : edge < 0.4 ? high : Math.round(low + next() * (high - low));
  }
  return {
    name: next() < 0.5 ? `line ${index}/Temperatur ° ${index}` : undefined,
    alias: next() < 0.7 ? Math.floor(next() * 1e6) : undefined,
    timestamp: next() < 0.8 ? 1_700_000_000_000 + index : undefined,
    type,
    value,
    isHistorical: next() < 0.2,
  };
}

describe('decodePayload', () => {
  it('reads what the public Sparkplug encoder writes, over 300 random payloads', () => {
    for (let seed = 1; seed <= 300; seed += 1) {
      const next = random(seed);
      const metrics = Array.from({ length: Math.floor(next() * 40) }, (_, index) => randomMetric(next, index));
      const bytes = encodeSparkplug({ timestamp: 1_700_000_000_000 + seed, seq: seed % 256, metrics });
      const { header, metrics: decoded } = decodeAll(bytes);
      expect(header).toEqual({ timestamp: 1_700_000_000_000 + seed, seq: seed % 256 });
      expect(decoded.length).toBe(metrics.length);
      for (const [index, wanted] of metrics.entries()) {
        const got = decoded[index]!;
        expect(got.name).toBe(wanted.name ?? '');
        expect(got.alias).toBe(wanted.alias ?? -1);
        if (wanted.timestamp !== undefined) expect(got.timestamp).toBe(wanted.timestamp);
        expect(got.historical).toBe(wanted.isHistorical);
        expect(got.datatype).toBe(dataTypes[wanted.type as keyof typeof dataTypes]);
        if (typeof wanted.value === 'string') expect(got.text).toBe(wanted.value);
        else expect(got.value).toBe(Number(wanted.value));
      }
    }
  });

  it('agrees with the public decoder on names and doubles', () => {
    const bytes = encodeSparkplug({
      timestamp: 5,
      seq: 7,
      metrics: [{ name: 'a', alias: 3, type: 'Double', value: 1.25 }],
    });
    const library = get('spBv1.0').decodePayload(bytes);
    const { metrics } = decodeAll(bytes);
    expect(metrics[0]!.name).toBe(library.metrics[0]!.name);
    expect(metrics[0]!.value).toBe(library.metrics[0]!.value);
  });

  it('reads engineering unit and quality from the properties', () => {
    const bytes = encodeSparkplug({
      timestamp: 1,
      metrics: [
        {
          name: 'p',
          type: 'Double',
          value: 1,
          properties: { engUnit: { type: 'String', value: 'kW' }, Quality: { type: 'Int32', value: 500 } },
        },
        { name: 'q', type: 'Double', value: 2 },
      ],
    });
    const { metrics } = decodeAll(bytes);
    expect(metrics.map((metric) => [metric.unit, metric.quality])).toEqual([
      ['kW', 500],
      ['', -1],
    ]);
  });

  it('reads a compressed payload', () => {
    const inner = encodeSparkplug({ timestamp: 9, seq: 4, metrics: [{ name: 'a', type: 'Double', value: 2.5 }] });
    const body = deflateSync(inner);
    const uuid = Buffer.from('SPBV1.0_COMPRESSED');
    const outer = Buffer.concat([Buffer.from([34, uuid.length]), uuid, Buffer.from([42, body.length]), body]);
    const { header, metrics } = decodeAll(outer);
    expect(header).toEqual({ timestamp: 9, seq: 4 });
    expect(metrics[0]!.value).toBe(2.5);
  });

  it('never does worse than a malformed-payload error on damaged bytes', () => {
    const bytes = encodeSparkplug({
      timestamp: 5,
      seq: 7,
      metrics: Array.from({ length: 20 }, (_, index) => randomMetric(random(index + 1), index)),
    });
    const next = random(99);
    let failed = 0;
    for (let round = 0; round < 2000; round += 1) {
      const damaged = Uint8Array.from(bytes.subarray(0, Math.ceil(next() * bytes.length)));
      for (let hits = 0; hits < 3; hits += 1) damaged[Math.floor(next() * damaged.length)] = Math.floor(next() * 256);
      try {
        decodeAll(damaged);
      } catch (error) {
        failed += 1;
        expect((error as { code?: string }).code).toBe('CONNECTOR_PAYLOAD_MALFORMED');
      }
    }
    expect(failed).toBeGreaterThan(500);
  });
});

describe('metricValue', () => {
  it('takes the sign from the declared width, whether the sender filled 8, 32 or 64 bits', () => {
    const metric = { field: 'int', high: 0 } as SparkplugMetric;
    expect(metricValue({ ...metric, low: 0xff }, dataTypes.Int8)).toBe(-1);
    expect(metricValue({ ...metric, low: 0xffffffff }, dataTypes.Int8)).toBe(-1);
    expect(metricValue({ ...metric, low: 0xffff }, dataTypes.Int16)).toBe(-1);
    expect(metricValue({ ...metric, field: 'long', low: 0xffffffff, high: 0xffffffff }, dataTypes.Int64)).toBe(-1);
  });
});

describe('metricQuality', () => {
  it('knows the Sparkplug codes and the OPC quality byte', () => {
    expect([-1, 192, 0, 500, 64, 216, 24].map(metricQuality)).toEqual([
      Quality.good,
      Quality.good,
      Quality.bad,
      Quality.uncertain,
      Quality.uncertain,
      Quality.good,
      Quality.bad,
    ]);
  });
});
