export type { BrokerAccess, BrokerClient, Bus, BusHandler, BusMessage } from './bus.ts';
