/** The plant simulator: a deterministic plant, its faults, and the protocols it speaks. See packages/testkit/README.md. */
export { demoFaults } from './demo-faults.ts';
export { opcuaNamespaceUri, sparkplugGroupId } from './describe-plant.ts';
export { simulatorErrors } from './errors.ts';
export { type SparkplugLoadOptions, type SparkplugLoadResult, sparkplugLoad } from './load/sparkplug-load.ts';
export { encodeRegisters, type ModbusRegister, type ModbusUnit, modbusRegisterMap } from './modbus-register-map.ts';
export type { Shift } from './model/calendar.ts';
export { defaultMagnitude, type Fault, type FaultKind } from './model/faults.ts';
export type {
  AreaDescription,
  AssetDescription,
  AssetKind,
  DisplayName,
  LineDescription,
  ModbusAddress,
  OpcuaAddress,
  PlantDescription,
  PointAddress,
  PointDescription,
  PointKind,
  Protocol,
  RegisterType,
  SiteDescription,
  SourceDescription,
  SparkplugAddress,
} from './model/plant-description.ts';
export { alignToSlot } from './model/time-grid.ts';
export { createPlant, type EnergyBalance, type History, type Plant, type PlantOptions, type Reading } from './plant.ts';
export {
  createModbusServer,
  type ModbusServerOptions,
  modbusException,
  type PlantModbusServer,
} from './publishers/modbus-server.ts';
export { createMqttJson, type MqttJsonOptions, type PlantMqttJson } from './publishers/mqtt-json.ts';
export { createOpcuaServer, type OpcuaServerOptions, type PlantOpcuaServer } from './publishers/opcua-server.ts';
export type { Publisher, PublisherOptions } from './publishers/publisher.ts';
export { createSparkplugEdges, type SparkplugEdge, type SparkplugEdgeOptions } from './publishers/sparkplug-edge.ts';
export { type PlantEndpoints, type RunningPlant, type StartPlantOptions, startPlant } from './start-plant.ts';
export { type FaultTruth, type PlantTruth, plantTruth, writeTruth } from './truth.ts';
