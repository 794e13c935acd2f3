import type { Bus } from '@millwright/bus';
import type { Clock, Logger, Reason } from '@millwright/kernel';
import type { z } from 'zod';
import type { Quality } from '../quality.ts';

/** One value of one point of a source, as a connector delivers it. */
export interface Reading {
  /** The point's key inside its source: column, metric name, node id, register, topic path. */
  readonly key: string;
  /** Milliseconds since 1970, UTC. */
  readonly time: number;
  /** Always finite; a value that is not must be rejected by the connector. In the unit the source declares. */
  readonly value: number;
  readonly quality: Quality;
  /** Set when the source itself says that this is a stored value sent later (Sparkplug is_historical, OPC UA history). */
  readonly historical?: boolean;
}

/** Why something that arrived was not stored, by code; docs/reference/rejections.md is drawn from this. */
export const rejectionReasons = {
  malformed:
    'What arrived could not be read: broken JSON or protobuf, a line with too many columns, an unreadable time.',
  'unknown-point': 'The source has no point of that key, or data came before the birth that names it.',
  'not-a-number': 'The value is no number, or null.',
  'out-of-range': 'The value lies outside the point’s minimum and maximum, or beyond 1e15.',
  'in-the-future': 'The time lies further ahead than futureToleranceMinutes allows; look at the sender’s clock.',
  'past-retention':
    'The reading is older than the point keeps its readings; its hour is known by its rollup only, which one late reading would spoil.',
  'before-1970': 'The time lies before 1970.',
  'negative-consumption':
    'A meter’s amount or register is negative; set the point’s minimum below 0 if it can flow back.',
  'unknown-unit': 'The unit is none that UCUM has and cannot be converted.',
  conflict: 'Another value is stored for the same point and time; the stored one is kept.',
  'sequence-gap': 'Messages of a Sparkplug node are missing; it was asked for a rebirth.',
  'device-exception': 'The device answered with an exception, or not at all.',
  'not-authorised': 'The sender may not deliver to this source.',
} as const;
export type RejectionCode = keyof typeof rejectionReasons;

export interface Rejection {
  readonly code: RejectionCode;
  /** One sentence for a person, naming the value and the place. */
  readonly reason: Reason;
  readonly key?: string;
  /** Milliseconds since 1970, when known. */
  readonly time?: number;
  /** What arrived, as text or base64; kept so that nothing is lost. At most 4 KiB are kept. */
  readonly raw?: string;
  /** Line or row in a file, first data row is 1. */
  readonly row?: number;
}

/** A point that a source told of itself (Sparkplug birth, OPC UA browse, CSV header). */
export interface AnnouncedPoint {
  readonly key: string;
  readonly name: string;
  /** UCUM code when the source names a unit that is known, else undefined. */
  readonly unit?: string;
  /** `gauge` momentary value, `delta` amount in an interval, `counter` ever-rising register. */
  readonly kind?: 'gauge' | 'delta' | 'counter';
}

export interface DeliveryReceipt {
  readonly stored: number;
  readonly duplicate: number;
  readonly rejected: number;
}

/**
 * Many readings of one source as columns, for sources that bring tens of thousands a second: row i is
 * `keys[keyIndex[i]]` at `time[i]` with `value[i]` and `quality[i]`. `keys` is the same array object from batch to
 * batch for as long as its contents hold (Sparkplug: until the next birth), so that a sink can remember what it looked
 * up for it, e.g. in a WeakMap. The typed arrays belong to the sink once handed over; the connector does not touch them again.
 */
export interface ColumnBatch {
  readonly keys: readonly string[];
  readonly keyIndex: Int32Array;
  /** Milliseconds since 1970, UTC. */
  readonly time: Float64Array;
  /** Always finite. */
  readonly value: Float64Array;
  /** Values of `Quality`. */
  readonly quality: Int16Array;
  /** Set when the source says that all of these are stored values sent later. */
  readonly historical?: boolean;
}

/** Where a connector puts what it got. Every call is counted in the delivery ledger. */
export interface ConnectorSink {
  /** Resolves after the database has committed; acknowledge the sender only then. */
  deliver(readings: readonly Reading[]): Promise<DeliveryReceipt>;
  /** The same promise as `deliver`, without an object per reading. Connectors with much to say use it where it is present. */
  deliverColumns?(batch: ColumnBatch): Promise<DeliveryReceipt>;
  reject(rejections: readonly Rejection[]): Promise<void>;
  /** Makes sure the points exist (new ones are created, known ones keep what a person set). */
  announce(points: readonly AnnouncedPoint[]): Promise<void>;
  /** State for the console; call on change only. */
  report(state: ConnectorState): void;
}

export interface ConnectorState {
  readonly state: 'connecting' | 'online' | 'degraded' | 'offline';
  /** What a person needs to know, e.g. the certificate that waits for trust or the exception a device answers. */
  readonly message: Reason;
}

/** A point that the source is asked to read; what `address` holds is the connector's own. */
export interface ConnectedPoint {
  readonly key: string;
  readonly kind: 'gauge' | 'delta' | 'counter';
  /** Time of the newest stored reading, to backfill from. */
  readonly newest?: number;
}

export interface ConnectorContext<Config> {
  readonly sourceId: string;
  readonly config: Config;
  /** The points of the source as they stand at opening; the connector is closed and opened again when they change. */
  readonly points: readonly ConnectedPoint[];
  readonly sink: ConnectorSink;
  /** The message bus, for connectors whose source publishes to it. */
  readonly bus: Bus;
  /** Folder of this source alone, for certificates and the like; exists. */
  readonly folder: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface BrowseNode {
  readonly key: string;
  readonly name: string;
  readonly hasChildren: boolean;
  /** Present when the node carries a value that can become a point. */
  readonly point?: AnnouncedPoint & { readonly value?: string };
}

export interface OpenConnector {
  /** Children of a node, or of the root; only for sources that can be browsed. */
  browse?(parentKey?: string): Promise<BrowseNode[]>;
  /** Unsubscribes, disconnects, and waits for deliveries under way. Safe to call twice. */
  close(): Promise<void>;
}

/**
 * One kind of source. Implementations live in one folder each, are listed in `registry.ts`, and pass
 * `conformance.test.ts`. `open` must resolve even when the far side is down: it keeps trying with back-off and says
 * so through `sink.report`.
 */
export interface Connector<Config = unknown> {
  readonly kind: string;
  readonly configSchema: z.ZodType<Config>;
  open(context: ConnectorContext<Config>): Promise<OpenConnector>;
}
