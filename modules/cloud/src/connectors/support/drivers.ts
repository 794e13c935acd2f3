import { type Bus, type EmbeddedBus, openBus } from '@millwright/bus';
import { type BackoffOptions, createLogger, systemClock } from '@millwright/kernel';
import { connectAsync, type MqttClient } from 'mqtt';
import type { ConnectedPoint, Connector } from '../connector.ts';
import { createModbusConnector } from '../modbus/modbus-connector.ts';
import { createMqttJsonConnector } from '../mqtt-json/mqtt-json-connector.ts';
import { createOpcuaConnector } from '../opcua/opcua-connector.ts';
import { createSparkplugConnector } from '../sparkplug/sparkplug-connector.ts';
import { ModbusTestServer } from './modbus-server.ts';
import { OpcuaTestServer } from './opcua-server.ts';
import { encodeSparkplug } from './sparkplug-encoder.ts';

/** What the conformance suite needs of the far side of one kind of connector. */
export interface Driver {
  readonly kind: string;
  /** With waits short enough for a test. */
  readonly connector: Connector;
  readonly config: unknown;
  readonly points: readonly ConnectedPoint[];
  readonly bus: Bus | undefined;
  /** Key under which `send` arrives. */
  readonly key: string;
  /** Whether the source is acknowledged; `send` then resolves with the acknowledgement. */
  readonly acknowledges: boolean;
  /** Makes the addresses; the far side stays down. */
  prepare(): Promise<void>;
  /** Brings the far side up, as after a power cut. */
  start(): Promise<void>;
  /** Takes the far side away without a goodbye. */
  vanish(): Promise<void>;
  /** Lets the far side have this value now; resolves to its time where the source tells one. */
  send(value: number): Promise<number | undefined>;
  sendGarbage(): Promise<void>;
  dispose(): Promise<void>;
}

const backoff: BackoffOptions = { firstMs: 50, ceilingMs: 200 };

export const drivers: readonly (() => Driver)[] = [
  () => new MqttJsonDriver(),
  () => new SparkplugDriver(),
  () => new ModbusDriver(),
  () => new OpcuaDriver(),
];

/** A real broker and a real publisher; vanishing is the publisher's socket torn down by the broker. */
class MqttFarSide {
  bus: EmbeddedBus | undefined;
  client: MqttClient | undefined;

  async prepare(): Promise<void> {
    this.bus = await openBus({
      kind: 'embedded',
      host: '127.0.0.1',
      port: 0,
      access: { authenticate: async () => ({ mayPublish: () => true, maySubscribe: () => true }) },
      logger: createLogger('silent'),
      clock: systemClock,
    });
  }

  async start(): Promise<void> {
    this.client = await connectAsync(this.bus!.url, { clientId: 'plc', reconnectPeriod: 0 });
    this.client.on('error', () => undefined);
  }

  async vanish(): Promise<void> {
    await this.bus!.disconnect('plc');
    await this.client?.endAsync(true);
    this.client = undefined;
  }

  async publish(topic: string, payload: Uint8Array | string): Promise<void> {
    await this.client!.publishAsync(topic, Buffer.from(payload), { qos: 1 });
  }

  async dispose(): Promise<void> {
    await this.client?.endAsync(true);
    await this.bus?.close();
  }
}

class MqttJsonDriver implements Driver {
  readonly kind: string = 'mqtt-json';
  readonly connector: Connector = createMqttJsonConnector({ backoff }) as Connector;
  readonly config: unknown = { topic: 'plant/+', key: '{2}', payload: { shape: 'value', value: 'v', time: 't' } };
  readonly points = [];
  readonly key: string = 'meter';
  readonly acknowledges = true;
  readonly side = new MqttFarSide();

  get bus(): Bus | undefined {
    return this.side.bus;
  }

  prepare = () => this.side.prepare();
  start = () => this.side.start();
  vanish = () => this.side.vanish();
  dispose = () => this.side.dispose();

  async send(value: number): Promise<number | undefined> {
    const time = Date.now();
    await this.side.publish('plant/meter', JSON.stringify({ v: value, t: time }));
    return time;
  }

  sendGarbage(): Promise<void> {
    return this.side.publish('plant/meter', '{"v": 12');
  }
}

class SparkplugDriver implements Driver {
  readonly kind = 'sparkplug';
  readonly connector = createSparkplugConnector({ backoff }) as Connector;
  readonly config = { groupId: 'plant' };
  readonly points = [];
  readonly key = 'node/meter';
  readonly acknowledges = true;
  readonly side = new MqttFarSide();
  #seq = 0;

  get bus(): Bus | undefined {
    return this.side.bus;
  }

  prepare = () => this.side.prepare();
  vanish = () => this.side.vanish();
  dispose = () => this.side.dispose();

  start(): Promise<void> {
    this.#seq = -1;
    return this.side.start();
  }

  /** A node gives birth when it connects; sent with the first value here, because nobody may listen before. */
  async send(value: number): Promise<number | undefined> {
    const time = Date.now();
    const metric = { alias: 5, type: 'Double', value };
    if (this.#seq < 0) {
      this.#seq = 0;
      const metrics = [{ ...metric, name: 'meter' }];
      await this.side.publish('spBv1.0/plant/NBIRTH/node', encodeSparkplug({ timestamp: time, seq: 0, metrics }));
      return time;
    }
    this.#seq = (this.#seq + 1) % 256;
    const payload = encodeSparkplug({ timestamp: time, seq: this.#seq, metrics: [metric] });
    await this.side.publish('spBv1.0/plant/NDATA/node', payload);
    return time;
  }

  sendGarbage(): Promise<void> {
    return this.side.publish('spBv1.0/plant/NDATA/node', Uint8Array.of(0x12, 0xff, 0x01, 0x00));
  }
}

class ModbusDriver implements Driver {
  readonly kind = 'modbus';
  readonly connector = createModbusConnector({ backoff }) as Connector;
  readonly points = [];
  readonly bus = undefined;
  readonly key = 'meter';
  readonly acknowledges = false;
  readonly server = new ModbusTestServer();

  get config(): unknown {
    const registers = [{ key: 'meter', function: 'holding', address: 0, type: 'float32' }];
    return { host: '127.0.0.1', port: this.server.port, pollSeconds: 0.05, timeoutMs: 500, registers };
  }

  async prepare(): Promise<void> {
    await this.server.start();
    await this.server.stop();
  }

  start = () => this.server.start();
  vanish = () => this.server.stop();
  dispose = () => this.server.stop();

  async send(value: number): Promise<undefined> {
    this.server.setFloat(0, value);
  }

  async sendGarbage(): Promise<void> {
    this.server.setFloat(0, Number.NaN);
  }
}

class OpcuaDriver implements Driver {
  readonly kind = 'opcua';
  readonly connector = createOpcuaConnector({ backoff, watchMs: 1_000 }) as Connector;
  readonly points: readonly ConnectedPoint[] = [{ key: 'ns=1;s=V0', kind: 'gauge' }];
  readonly bus = undefined;
  readonly key = 'ns=1;s=V0';
  readonly acknowledges = false;
  readonly server = new OpcuaTestServer({ count: 1 });

  get config(): unknown {
    return { endpointUrl: this.server.url, publishingMs: 100, samplingMs: 50 };
  }

  async prepare(): Promise<void> {
    await this.server.start();
    await this.server.stop();
  }

  start = () => this.server.start();
  vanish = () => this.server.stop();
  dispose = () => this.server.stop();

  async send(value: number): Promise<number | undefined> {
    const time = new Date();
    await this.server.set('V0', value, { time });
    return time.getTime();
  }

  sendGarbage(): Promise<void> {
    return this.server.set('V0', Number.NaN);
  }
}
