/** For what runs on Node only: files and network, which a browser has not. */
export { AddressGuard, addressErrors } from './address-guard.ts';
export { bareEnvironment } from './bare-environment.ts';
export { jsonArgument } from './json-argument.ts';
export { isRunning, startOfProcess } from './running-process.ts';
