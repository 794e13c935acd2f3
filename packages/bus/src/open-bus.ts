import type { Bus } from './bus.ts';
import { type EmbeddedBus, type EmbeddedBusOptions, openEmbeddedBus } from './embedded-bus.ts';
import { type ExternalBusOptions, openExternalBus } from './external-bus.ts';

/** Starts the embedded broker, or connects to an outside one, by `kind`. */
export async function openBus(options: EmbeddedBusOptions): Promise<EmbeddedBus>;
export async function openBus(options: ExternalBusOptions): Promise<Bus>;
export async function openBus(options: EmbeddedBusOptions | ExternalBusOptions): Promise<Bus>;
export async function openBus(options: EmbeddedBusOptions | ExternalBusOptions): Promise<Bus> {
  return options.kind === 'embedded' ? openEmbeddedBus(options) : openExternalBus(options);
}
