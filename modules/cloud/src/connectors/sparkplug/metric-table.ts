import type { AnnouncedPoint } from '../connector.ts';
import { ucumUnit } from '../ucum-unit.ts';
import { decodePayload, type SparkplugHeader } from './decode-payload.ts';
import { isNumericType } from './metric-value.ts';

/** Text, bytes, data sets, templates, arrays: nothing that can be stored as a number. */
export const noQuantity = -1;
/** The session's own metrics and commands. */
export const control = -2;

export interface MetricSlot {
  readonly name: string;
  readonly datatype: number;
  /** Place of the key in `keys`; `noQuantity` or `control` for what is not a point. */
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
  let bdSeq: number | undefined;
  const header = decodePayload(payload, (metric) => {
    if (metric.name === 'bdSeq') bdSeq = metric.low;
    if (metric.name === '') return;
    const isOwn = isControl(metric.name);
    const point = isNumericType(metric.datatype) && !isOwn;
    const keyIndex = point ? keys.length : isOwn ? control : noQuantity;
    const slot = { name: metric.name, datatype: metric.datatype, keyIndex };
    if (metric.alias >= 0) byAlias.set(metric.alias, slot);
    byName.set(metric.name, slot);
    if (!point) return;
    const key = prefix + metric.name;
    const unit = ucumUnit(metric.unit);
    keys.push(key);
    points.push({ key, name: metric.name, ...(unit ? { unit } : {}) });
  });
  return { header, keys, byAlias, byName, points, bdSeq };
}
