import mqtt, { type IClientOptions, type MqttClient } from 'mqtt';

export interface BrokerOptions {
  /** e.g. `mqtt://127.0.0.1:1883` */
  readonly url: string;
  readonly username?: string;
  readonly password?: string;
}

/** Connects once, or rejects with what the broker said; does not try again by itself. */
export async function connectOnce(broker: BrokerOptions, options: IClientOptions = {}): Promise<MqttClient> {
  const client = mqtt.connect(broker.url, {
    reconnectPeriod: 0,
    connectTimeout: 10_000,
    ...(broker.username !== undefined && { username: broker.username }),
    ...(broker.password !== undefined && { password: broker.password }),
    ...options,
  });
  return new Promise((resolve, reject) => {
    const fail = (error: Error) => {
      client.end(true);
      reject(error);
    };
    client.once('error', fail);
    client.once('connect', () => {
      client.off('error', fail);
      // Later errors close the connection, which is what the owner listens for.
      client.on('error', () => undefined);
      resolve(client);
    });
  });
}
