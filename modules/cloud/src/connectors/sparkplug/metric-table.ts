import type { AnnouncedPoint } from '../connector.ts';
import { ucumUnit } from '../ucum-unit.ts';
import { decodePayload, type SparkplugHeader } from './decode-payload.ts';
import { isNumericType } from './metric-value.ts';

export interface MetricSlot {
  readonly name: string;
  readonly datatype: number;
  /** Place of the key in `keys`; -1 for what is not a point (text, bytes, data sets, templates, node control). */
  readonly keyIndex: number;
}

/** What one birth says about the metrics of a node or a device. Replaced whole by the next birth. */
export interface MetricTable {
  readonly header: SparkplugHeader;
  /** `node/device/metric`, in the order of the birth; the same array until the next birth. */
  readonly keys: readonly string[];
  readonly byAlias: ReadonlyMap<number, MetricSlot>;
  readonly byName: ReadonlyMap<string, MetricSlot>;
  readonly points: readonly AnnouncedPoint[];
  /** Names of metrics that are no quantities, for the note to a person. */
  readonly labels: readonly string[];
  /** Birth-death sequence number of a node birth. */
  readonly bdSeq: number | undefined;
}

/** Not measurements although they are numeric: the session's own counter and commands to the node or device. */
function isControl(name: string): boolean {
  return name === 'bdSeq' || name.startsWith('Node Control/') || name.startsWith('Device Control/');
}

/** Throws CONNECTOR_PAYLOAD_MALFORMED. */
export function readBirth(node: string, device: string, payload: Uint8Array): MetricTable {
  const prefix = device ? `${node}/${device}/` : `${node}/`;
  const keys: string[] = [];
  const byAlias = new Map<number, MetricSlot>();
  const byName = new Map<string, MetricSlot>();
  const points: AnnouncedPoint[] = [];
  const labels: string[] = [];
  let bdSeq: number | undefined;
  const header = decodePayload(payload, (metric) => {
    if (metric.name === 'bdSeq') bdSeq = metric.low;
    if (metric.name === '') return;
    const point = isNumericType(metric.datatype) && !isControl(metric.name);
    const slot = { name: metric.name, datatype: metric.datatype, keyIndex: point ? keys.length : -1 };
    if (metric.alias >= 0) byAlias.set(metric.alias, slot);
    byName.set(metric.name, slot);
    if (!point) {
      if (!isControl(metric.name)) labels.push(metric.name);
      return;
    }
    const key = prefix + metric.name;
    const unit = ucumUnit(metric.unit);
    keys.push(key);
    points.push({ key, name: metric.name, ...(unit ? { unit } : {}) });
  });
  return { header, keys, byAlias, byName, points, labels, bdSeq };
}
