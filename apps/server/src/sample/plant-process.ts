/**
 * The sample plant's own process: it stands for machines and meters, so it must not share the server's event loop. Serves
 * OPC UA, Modbus TCP and Sparkplug B, and computes the year of history that the server asks for.
 */
import {
  createPlant,
  demoFaults,
  type PlantDescription,
  type PlantEndpoints,
  startPlant,
  writeTruth,
} from '@millwright/testkit/simulator';

export interface PlantProcessOptions {
  readonly seed: number;
  readonly opcuaPort: number;
  readonly modbusPort: number;
  readonly certificateFolder: string;
  /** File to write what is wrong in the plant to, with exact times; left out: none is written. */
  readonly truthFile?: string;
}

export interface BrokerLogin {
  readonly url: string;
  readonly username?: string;
  readonly password?: string;
}

export type ToPlant =
  | { readonly kind: 'serve'; readonly options: PlantProcessOptions }
  | { readonly kind: 'publish'; readonly broker: BrokerLogin }
  | {
      readonly kind: 'history';
      readonly id: number;
      readonly key: string;
      readonly from: number;
      readonly to: number;
      readonly stepMs: number;
    }
  | { readonly kind: 'stop' };

export type FromPlant =
  | { readonly kind: 'serving'; readonly endpoints: PlantEndpoints; readonly description: PlantDescription }
  | { readonly kind: 'publishing' }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'history'; readonly id: number; readonly times: Float64Array; readonly values: Float64Array };

const [seed = '1', faultsBefore] = process.argv.slice(2);
const faults = faultsBefore === undefined ? [] : demoFaults(Number(faultsBefore));
const plant = createPlant({ seed: Number(seed), faults });
const running: { stop(): Promise<void> }[] = [];
const send = (message: FromPlant) => process.send?.(message);

async function serve({ opcuaPort, modbusPort, certificateFolder, truthFile }: PlantProcessOptions): Promise<void> {
  if (truthFile !== undefined) await writeTruth(plant, truthFile);
  const start = (opcua: number, modbus: number) =>
    startPlant({ plant, opcua: { port: opcua, certificateFolder }, modbus: { port: modbus } });
  // The ports of last time, so that nothing has to be set again; if somebody took them meanwhile, free ones.
  const served = await start(opcuaPort, modbusPort).catch(() => start(0, 0));
  running.push(served);
  send({ kind: 'serving', endpoints: served.endpoints, description: plant.description });
}

async function publish(broker: BrokerLogin): Promise<void> {
  running.push(await startPlant({ plant, mqtt: broker }));
  send({ kind: 'publishing' });
}

const leave = () => void Promise.allSettled(running.map((part) => part.stop())).finally(() => process.exit(0));
const failed = (error: Error) => send({ kind: 'failed', message: error.message });

process.on('message', (message: ToPlant) => {
  if (message.kind === 'serve') serve(message.options).catch(failed);
  else if (message.kind === 'publish') publish(message.broker).catch(failed);
  else if (message.kind === 'stop') leave();
  else {
    const { times, values } = plant.history(message.key, message.from, message.to, message.stepMs);
    send({ kind: 'history', id: message.id, times, values });
  }
});
// The server is gone, however it went: a plant without it serves nobody.
process.on('disconnect', leave);
// Ctrl-C reaches the whole group; the server decides when the plant stops.
process.on('SIGINT', () => undefined);
