import { createHash } from 'node:crypto';
import { type EdgeBatch, type EdgeReceipt, edgeBrokerUser, edgeReceiptSchema, edgeTopics } from '@millwright/cloud';
import { sealed, unsealed } from '@millwright/cloud/edge';
import type { Logger } from '@millwright/kernel';
import mqtt, { type MqttClient } from 'mqtt';

const receiptTimeoutMs = 20_000;

/** Messages by way of a broker, with the server’s signed receipt for each batch. */
export class MqttUplink {
  #client: MqttClient;
  #boxId: string;
  #tokenHash: string;
  #waiting: ((receipt: EdgeReceipt) => void) | undefined;

  /** @param url with user and password where the broker is not the server’s own. */
  constructor(options: { url: string; boxId: string; token: string; logger: Logger }) {
    const { username, password } = new URL(options.url);
    this.#boxId = options.boxId;
    this.#tokenHash = createHash('sha256').update(options.token).digest('hex');
    this.#client = mqtt.connect(options.url, {
      clientId: `edge-${options.boxId}`,
      username: username ? decodeURIComponent(username) : edgeBrokerUser(options.boxId),
      password: username ? decodeURIComponent(password) : options.token,
      ...{ clean: true, resubscribe: true, reconnectPeriod: 5_000, connectTimeout: 10_000, queueQoSZero: false },
    });
    let trouble = '';
    this.#client.on('error', (error) => {
      if (error.message !== trouble) options.logger.warn({ reason: error.message }, 'the broker cannot be used');
      trouble = error.message;
    });
    this.#client.on('connect', () => {
      trouble = '';
      options.logger.info({}, 'the broker is connected');
      this.#client.subscribe(edgeTopics(options.boxId).down, { qos: 1 });
    });
    this.#client.on('message', (_topic, payload) => {
      const receipt = edgeReceiptSchema.safeParse(unsealed(this.#tokenHash, 'down', payload.toString()));
      // What the server did not sign is from somebody else, and must not make this box forget anything.
      if (receipt.success) this.#waiting?.(receipt.data);
    });
  }

  get isConnected(): boolean {
    return this.#client.connected;
  }

  /** Undefined when no receipt came in time. */
  async send(batch: EdgeBatch): Promise<EdgeReceipt | undefined> {
    return new Promise((resolve) => {
      const end = (receipt?: EdgeReceipt) => {
        clearTimeout(timer);
        this.#client.off('close', end);
        this.#waiting = undefined;
        resolve(receipt);
      };
      const timer = setTimeout(() => end(), receiptTimeoutMs);
      this.#client.once('close', () => end());
      this.#waiting = (receipt) => receipt.stream === batch.stream && end(receipt);
      this.#client.publish(edgeTopics(this.#boxId).up, sealed(this.#tokenHash, 'up', batch), { qos: 1 }, (error) => {
        if (error) end();
      });
    });
  }

  async close(): Promise<void> {
    await this.#client.endAsync(true);
  }
}
