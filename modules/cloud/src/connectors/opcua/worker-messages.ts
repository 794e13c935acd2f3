import type { Reason } from '@millwright/kernel';
import type {
  AnnouncedPoint,
  BrowseNode,
  ConnectedPoint,
  ConnectorState,
  DeliveryReceipt,
  Reading,
  Rejection,
} from '../connector.ts';
import type { OpcuaConfig } from './opcua-config.ts';
import type { OpcuaOptions } from './opcua-session.ts';

export interface OpenMessage {
  readonly type: 'open';
  readonly session: number;
  readonly sourceId: string;
  readonly config: OpcuaConfig;
  readonly points: readonly ConnectedPoint[];
  readonly folder: string;
  readonly logLevel: string;
  readonly options: OpcuaOptions;
}

/** From the server to the worker. */
export type ToWorker =
  | OpenMessage
  | { readonly type: 'browse'; readonly session: number; readonly call: number; readonly parentKey: string | undefined }
  | { readonly type: 'close'; readonly session: number }
  /** The sink's answer to a call of the worker. */
  | { readonly type: 'answer'; readonly call: number; readonly receipt?: DeliveryReceipt; readonly error?: string };

/** From the worker to the server. */
export type FromWorker =
  | { readonly type: 'deliver'; readonly session: number; readonly call: number; readonly items: readonly Reading[] }
  | { readonly type: 'reject'; readonly session: number; readonly call: number; readonly items: readonly Rejection[] }
  | {
      readonly type: 'announce';
      readonly session: number;
      readonly call: number;
      readonly items: readonly AnnouncedPoint[];
    }
  | { readonly type: 'report'; readonly session: number; readonly state: ConnectorState }
  | { readonly type: 'browsed'; readonly call: number; readonly nodes?: BrowseNode[]; readonly error?: BrowseFailure }
  | { readonly type: 'closed'; readonly session: number };

export interface BrowseFailure {
  readonly message: string;
  /** Set when it is one of our own errors; the server makes it again from this. */
  readonly notOnline?: Reason;
}
