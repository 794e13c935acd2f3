import type { BusMessage } from '@millwright/bus';
import type { Note } from '@millwright/kernel';
import { Quality } from '../../quality.ts';
import type { AnnouncedPoint, Reading, Rejection } from '../connector.ts';
import { connectorNotes } from '../connector-notes.ts';
import { parseNumber } from '../parse-number.ts';
import { parseQuality } from '../parse-quality.ts';
import { parseTime } from '../parse-time.ts';
import { malformed, rawPayload } from '../raw-payload.ts';
import { ucumUnit } from '../ucum-unit.ts';
import { jsonPath } from './json-path.ts';
import { keyTemplate } from './key-template.ts';
import type { MqttJsonConfig } from './mqtt-json-config.ts';

export interface MessageContent {
  readonly readings: Reading[];
  readonly rejections: Rejection[];
  /** Points of the readings, each once. */
  readonly points: Map<string, AnnouncedPoint>;
}

interface Candidate {
  readonly value: unknown;
  readonly member: string;
  /** What the paths of time, quality, unit and key count from. */
  readonly scope: unknown;
}

/** Makes the function that turns a message into readings as the configuration says. It never throws. */
export function messageReader(config: MqttJsonConfig): (message: BusMessage) => MessageContent {
  const mapping = config.payload;
  const makeKey = keyTemplate(config.key ?? (mapping.shape === 'object' ? '{topic}/{member}' : '{topic}'));
  const candidatesOf = candidateReader(mapping);
  const timeOf = mapping.time === undefined ? undefined : jsonPath(mapping.time);
  const qualityOf = mapping.quality === undefined ? undefined : jsonPath(mapping.quality);
  const unitOf = mapping.unitPath === undefined ? undefined : jsonPath(mapping.unitPath);

  return (message) => {
    const { topic } = message;
    const content: MessageContent = { readings: [], rejections: [], points: new Map() };
    const raw = () => rawPayload(message.payload);
    let payload: unknown;
    try {
      payload = JSON.parse(Buffer.from(message.payload).toString('utf8'));
    } catch (error) {
      content.rejections.push(malformed(connectorNotes['mqtt-not-json']({ topic }), error, message.payload));
      return content;
    }
    const candidates = candidatesOf(payload);
    if (!Array.isArray(candidates)) {
      const reason = connectorNotes['mqtt-nothing']({ topic, problem: candidates });
      content.rejections.push({ code: 'malformed', reason, raw: raw() });
      return content;
    }
    for (const candidate of candidates) {
      const key = makeKey({ topic, member: candidate.member, value: candidate.scope });
      if (key === undefined) {
        const reason = connectorNotes['mqtt-no-key']({ topic, key: config.key ?? '' });
        content.rejections.push({ code: 'malformed', reason, raw: raw() });
        continue;
      }
      const time = timeOf
        ? parseTime(timeOf(candidate.scope) ?? undefined, mapping.timeFormat, mapping.timeZone)
        : message.receivedAt;
      const absent = timeOf !== undefined && (timeOf(candidate.scope) ?? undefined) === undefined;
      if (time === undefined && !absent) {
        const text = JSON.stringify(timeOf?.(candidate.scope));
        const format = mapping.timeFormat;
        content.rejections.push({
          code: 'malformed',
          reason: connectorNotes['mqtt-no-time']({ text, key, format }),
          key,
          raw: raw(),
        });
        continue;
      }
      const value = parseNumber(candidate.value);
      if (Number.isNaN(value)) {
        const text = JSON.stringify(candidate.value)?.slice(0, 80) ?? 'undefined';
        content.rejections.push({
          code: 'not-a-number',
          reason: connectorNotes['not-a-number']({ key, value: text }),
          key,
          ...(time === undefined ? {} : { time }),
          raw: raw(),
        });
        continue;
      }
      let quality = qualityOf ? parseQuality(qualityOf(candidate.scope)) : Quality.good;
      // A retained message may be days old; without a time of its own nobody knows when it was measured.
      const timeKnown = timeOf !== undefined && !absent;
      if (message.retained && !timeKnown && quality === Quality.good) quality = Quality.uncertain;
      content.readings.push({ key, time: time ?? message.receivedAt, value, quality });
      if (!content.points.has(key)) {
        const unit = unitOf ? ucumUnit(String(unitOf(candidate.scope) ?? '')) : undefined;
        content.points.set(key, { key, name: candidate.member || key, ...(unit ? { unit } : {}) });
      }
    }
    return content;
  };
}

/** The values in a payload, or a sentence that says why there are none. */
function candidateReader(mapping: MqttJsonConfig['payload']): (payload: unknown) => Candidate[] | Note {
  if (mapping.shape === 'value') {
    const read = jsonPath(mapping.value);
    return (payload) => {
      const value = read(payload);
      if (value === undefined) return connectorNotes['mqtt-nothing-at']({ path: mapping.value });
      return [{ value, member: '', scope: payload }];
    };
  }
  if (mapping.shape === 'object') {
    const read = jsonPath(mapping.values);
    const first = (path: string | undefined) => (path === undefined || path === '' ? [] : [path]);
    // Time and quality often stand among the values; they are no readings.
    const passed = new Set([
      ...mapping.ignore,
      ...first(mapping.time),
      ...first(mapping.quality),
      ...first(mapping.unitPath),
    ]);
    return (payload) => {
      const values = read(payload);
      if (typeof values !== 'object' || values === null || Array.isArray(values))
        return connectorNotes['mqtt-no-object']({ path: mapping.values || '$' });
      const prefix = mapping.values === '' ? '' : `${mapping.values}.`;
      return Object.entries(values)
        .filter(([member, value]) => !passed.has(prefix + member) && !passed.has(member) && isCandidate(value))
        .map(([member, value]) => ({ value, member, scope: payload }));
    };
  }
  const read = jsonPath(mapping.readings);
  const readValue = jsonPath(mapping.value);
  return (payload) => {
    const readings = read(payload);
    if (!Array.isArray(readings)) return connectorNotes['mqtt-no-array']({ path: mapping.readings || '$' });
    return readings.map((element) => ({ value: readValue(element) ?? null, member: '', scope: element }));
  };
}

/** Text and nested values beside the numbers are labels of the message, not failed readings; null is a failed reading. */
function isCandidate(value: unknown): boolean {
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return true;
  return typeof value === 'string' && !Number.isNaN(parseNumber(value));
}
