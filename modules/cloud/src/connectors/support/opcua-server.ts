import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Namespace, OPCUACertificateManager, OPCUAServer, UAVariable } from 'node-opcua';
import { loadOpcua } from '../opcua/opcua-library.ts';
import { freePort } from './modbus-server.ts';

export interface OpcuaTestLimits {
  maxMonitoredItems?: number;
  maxMonitoredItemsPerCall?: number;
  maxNodesPerRead?: number;
}

/** A real OPC UA server with a folder `Plant` of double variables `V0`... in namespace 1. */
export class OpcuaTestServer {
  port = 0;
  readonly variables = new Map<string, UAVariable>();
  #server: OPCUAServer | undefined;
  #certificates: OPCUACertificateManager | undefined;
  #limits: OpcuaTestLimits;
  #count: number;
  #history: boolean;
  #pki: string | undefined;
  #password: string | undefined;

  constructor(options: { count: number; limits?: OpcuaTestLimits; history?: boolean; password?: string }) {
    this.#count = options.count;
    this.#limits = options.limits ?? {};
    this.#history = options.history ?? false;
    this.#password = options.password;
  }

  get url(): string {
    return `opc.tcp://127.0.0.1:${this.port}`;
  }

  /** `prepare` runs when the variables are there and before anyone can connect. */
  async start(prepare?: () => Promise<void>): Promise<void> {
    const opcua = await loadOpcua();
    this.port ||= await freePort();
    this.#pki ??= await mkdtemp(join(tmpdir(), 'millwright-opcua-server-'));
    this.#certificates = new opcua.OPCUACertificateManager({
      rootFolder: this.#pki,
      automaticallyAcceptUnknownCertificate: true,
      disableFileWatchers: true,
    });
    await this.#certificates.initialize();
    const { maxMonitoredItems, ...operationLimits } = this.#limits;
    this.#server = new opcua.OPCUAServer({
      port: this.port,
      hostname: '127.0.0.1',
      serverCertificateManager: this.#certificates,
      serverCapabilities: new opcua.ServerCapabilities({
        operationLimits,
        ...(maxMonitoredItems ? { maxMonitoredItems } : {}),
      }),
      ...(this.#password
        ? {
            allowAnonymous: false,
            userManager: {
              isValidUser: (user: string, password: string) => user === 'plc' && password === this.#password,
            },
          }
        : {}),
    });
    await this.#server.initialize();
    const space = this.#server.engine.addressSpace!;
    const namespace = space.getOwnNamespace();
    const plant = namespace.addFolder('ObjectsFolder', { browseName: 'Plant', nodeId: 's=Plant' });
    this.variables.clear();
    for (let index = 0; index < this.#count; index += 1) {
      const variable = addVariable(namespace, plant, `V${index}`);
      if (this.#history) space.installHistoricalDataNode(variable, { maxOnlineValues: 10_000 });
      this.variables.set(`V${index}`, variable);
    }
    const label = namespace.addVariable({
      componentOf: plant,
      browseName: 'Label',
      nodeId: 's=Label',
      dataType: 'String',
    });
    label.setValueFromSource({ dataType: opcua.DataType.String, value: 'not a number' });
    this.variables.set('Label', label);
    await prepare?.();
    await this.#server.start();
  }

  async set(name: string, value: number, more: { time?: Date; status?: string } = {}): Promise<void> {
    const opcua = await loadOpcua();
    const codes = opcua.StatusCodes as unknown as Record<string, (typeof opcua.StatusCodes)['Good']>;
    this.variables
      .get(name)!
      .setValueFromSource(
        { dataType: opcua.DataType.Double, value },
        codes[more.status ?? 'Good']!,
        more.time ?? new Date(),
      );
  }

  async stop(): Promise<void> {
    await this.#server?.shutdown(0);
    await this.#certificates?.dispose();
    this.#server = undefined;
    this.#certificates = undefined;
  }
}

function addVariable(namespace: Namespace, plant: ReturnType<Namespace['addFolder']>, name: string): UAVariable {
  return namespace.addAnalogDataItem({
    componentOf: plant,
    browseName: name,
    nodeId: `s=${name}`,
    dataType: 'Double',
    engineeringUnitsRange: { low: 0, high: 1000 },
    engineeringUnits: {
      namespaceUri: 'http://www.opcfoundation.org/UA/units/un/cefact',
      unitId: 5_259_596,
      displayName: { text: 'kW' },
      description: { text: 'kilowatt' },
    },
  }) as UAVariable;
}
