import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../../', import.meta.url));

export interface SimulatedPlant {
  readonly opcuaUrl: string;
  readonly modbusPort: number;
  stop(): Promise<void>;
}

/** The plant simulator in a process of its own, as a person starts it to have something to connect to. */
export async function startPlant(): Promise<SimulatedPlant> {
  const flags = ['--opcua-port', '0', '--modbus-port', '0'];
  const child = spawn(process.execPath, ['apps/cli/src/main.ts', 'simulate', ...flags], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  const endpoints = await new Promise<{ opcua: { endpointUrl: string }; modbus: number }>((resolve, reject) => {
    child.stderr.on('data', (chunk) => {
      said += chunk;
      if (said.includes('Ctrl-C')) resolve(JSON.parse(said.slice(said.indexOf('{'), said.lastIndexOf('}') + 1)));
    });
    child.once('exit', (code) => reject(new Error(`the simulator ended with ${code}: ${said}`)));
  });
  return {
    opcuaUrl: endpoints.opcua.endpointUrl,
    modbusPort: endpoints.modbus,
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGINT');
      await ended;
    },
  };
}
