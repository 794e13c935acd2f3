/** MQTT for the whole product: a broker in this process, or any other. */
import type { Bus } from './bus.ts';

export type { BrokerAccess, BrokerClient, Bus, BusHandler, BusMessage } from './bus.ts';
export type { BrokerDenial, EmbeddedBus, EmbeddedBusOptions } from './embedded-bus.ts';
export { busErrors } from './errors.ts';
export type { ExternalBusOptions } from './external-bus.ts';
export { defaultWaitingLimit, type WaitingLimit } from './intake-gate.ts';
export { openBus } from './open-bus.ts';
export { isTopicFilter, isTopicName, matchesTopicFilter } from './topic-filter.ts';

declare module '@millwright/kernel' {
  interface Host {
    readonly bus: Bus;
  }
}
