import type { Clock } from '@millwright/kernel';
import type { ModbusUnit } from './modbus-register-map.ts';
import type { Plant } from './plant.ts';
import { createModbusServer, type ModbusServerOptions, type PlantModbusServer } from './publishers/modbus-server.ts';
import type { BrokerOptions } from './publishers/mqtt-connect.ts';
import { createMqttJson, type PlantMqttJson } from './publishers/mqtt-json.ts';
import { createOpcuaServer, type OpcuaServerOptions, type PlantOpcuaServer } from './publishers/opcua-server.ts';
import type { Publisher } from './publishers/publisher.ts';
import { createSparkplugEdges, type SparkplugEdge } from './publishers/sparkplug-edge.ts';

export interface StartPlantOptions {
  readonly plant: Plant;
  /** Left out: no OPC UA server. */
  readonly opcua?: Omit<OpcuaServerOptions, 'clock' | 'intervalMs'>;
  /** Left out: no Modbus server. */
  readonly modbus?: Omit<ModbusServerOptions, 'clock' | 'intervalMs'>;
  /** Left out: nothing is published to a broker. `json` publishes every point as plain JSON as well. */
  readonly mqtt?: BrokerOptions & { readonly json?: boolean; readonly storeMinutes?: number };
  readonly clock?: Clock;
  /** How often publishers look for readings that are due, milliseconds. Default 1000. */
  readonly intervalMs?: number;
}

export interface PlantEndpoints {
  readonly opcua?: { readonly endpointUrl: string; readonly namespaceUri: string };
  readonly modbus?: { readonly host: string; readonly port: number; readonly units: readonly ModbusUnit[] };
  readonly sparkplug?: { readonly url: string; readonly groupId: string; readonly edgeNodeIds: readonly string[] };
  readonly mqttJson?: { readonly url: string; readonly topicFilter: string };
}

export interface RunningPlant {
  readonly plant: Plant;
  readonly endpoints: PlantEndpoints;
  readonly opcua?: PlantOpcuaServer;
  readonly modbus?: PlantModbusServer;
  readonly sparkplug: readonly SparkplugEdge[];
  readonly mqttJson?: PlantMqttJson;
  stop(): Promise<void>;
}

/** Starts a publisher for each protocol that is named. If one cannot start, those that could are stopped again. */
export async function startPlant(options: StartPlantOptions): Promise<RunningPlant> {
  const { plant, mqtt } = options;
  const shared = {
    ...(options.clock && { clock: options.clock }),
    ...(options.intervalMs !== undefined && { intervalMs: options.intervalMs }),
  };
  const opcua = options.opcua && createOpcuaServer(plant, { ...options.opcua, ...shared });
  const modbus = options.modbus && createModbusServer(plant, { ...options.modbus, ...shared });
  const sparkplug = mqtt ? createSparkplugEdges(plant, { ...mqtt, ...shared }) : [];
  const mqttJson = mqtt?.json ? createMqttJson(plant, { ...mqtt, ...shared }) : undefined;
  const publishers: Publisher[] = [opcua, modbus, ...sparkplug, mqttJson].filter((each) => each !== undefined);
  const stop = async () => {
    await Promise.all(publishers.map((publisher) => publisher.stop()));
  };
  try {
    for (const publisher of publishers) await publisher.start();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    plant,
    endpoints: {
      ...(opcua && { opcua: { endpointUrl: opcua.endpointUrl, namespaceUri: opcua.namespaceUri } }),
      ...(modbus && { modbus: { host: modbus.host, port: modbus.port, units: modbus.registerMap } }),
      ...(mqtt && {
        sparkplug: {
          url: mqtt.url,
          groupId: sparkplug[0].groupId,
          edgeNodeIds: sparkplug.map(({ edgeNodeId }) => edgeNodeId),
        },
      }),
      ...(mqtt?.json && { mqttJson: { url: mqtt.url, topicFilter: 'plant/#' } }),
    },
    ...(opcua && { opcua }),
    ...(modbus && { modbus }),
    sparkplug,
    ...(mqttJson && { mqttJson }),
    stop,
  };
}
