/** One message as it came from the broker. `payload` must not be kept or changed after the handler has resolved. */
export interface BusMessage {
  readonly topic: string;
  readonly payload: Uint8Array;
  /** MQTT client id of the publisher; undefined when an outside broker does not tell. */
  readonly clientId: string | undefined;
  readonly retained: boolean;
  /** Milliseconds since 1970 by the server's clock. */
  readonly receivedAt: number;
}

/**
 * Called in order of arrival, without waiting for the handlers of earlier messages, so a consumer can commit many
 * messages at once. At QoS 1 the publisher is acknowledged only after every matching handler has resolved. A handler
 * that rejects leaves the message unacknowledged and the publisher will send it again, so a message that can never
 * succeed (malformed) must be recorded as rejected and resolved.
 */
export type BusHandler = (message: BusMessage) => Promise<void>;

export interface Bus {
  /** Where a client connects, e.g. `mqtt://127.0.0.1:1883`. */
  readonly url: string;
  /** MQTT topic filter (`+` and `#` allowed). Resolves once messages flow; the returned function ends it. */
  subscribe(filter: string, handler: BusHandler): Promise<() => Promise<void>>;
  publish(topic: string, payload: Uint8Array | string, options?: { qos?: 0 | 1; retain?: boolean }): Promise<void>;
  /** Stops taking messages, waits for handlers under way, disconnects. */
  close(): Promise<void>;
}

/** A client that the embedded broker let in, and what it may do. */
export interface BrokerClient {
  mayPublish(topic: string): boolean;
  maySubscribe(filter: string): boolean;
  /** Aborts when the client's right to be here is withdrawn; its connection is ended then. */
  readonly revoked?: AbortSignal;
}

/** Decides who may connect to the embedded broker. An outside broker has its own rules. */
export interface BrokerAccess {
  /** Resolves to null to refuse. `password` is as sent; the implementation hashes and compares it. */
  authenticate(
    clientId: string,
    username: string | undefined,
    password: string | undefined,
  ): Promise<BrokerClient | null>;
}
