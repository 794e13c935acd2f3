/** Door `./test-support` of manuvision: controllers and cameras of a line, for tests of what runs elsewhere. */
export { ModbusPlc } from './line/test/modbus-plc.ts';
export { OpcuaPlc } from './line/test/opcua-plc.ts';
export { startPictureCamera } from './stations/test/picture-camera.ts';
