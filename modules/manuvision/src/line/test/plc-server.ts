import { loadOpcua } from '@millwright/cloud/opcua';
import type { OPCUACertificateManager, OPCUAServer, UAVariable } from 'node-opcua';

/** What a controller's program has for a station, by types that such programs use. */
const nodes = {
  ...{ Ready: 'Boolean', ResultValid: 'Boolean', Pass: 'Boolean', Fail: 'Boolean', Fault: 'Boolean' },
  ...{ ResultId: 'Int32', Score: 'Double', ClassNumber: 'UInt16', Class: 'String', Heartbeat: 'Int16' },
} as const;
type Name = keyof typeof nodes;

const nothing = { Boolean: false, String: '' } as const;

/** The OPC UA server of a controller, which lets in `line` with a password, encrypted alone unless it is open. */
export class PlcServer {
  readonly written: [name: string, value: unknown][] = [];
  readonly #variables = new Map<Name, UAVariable>();
  readonly #server: OPCUAServer;
  readonly #certificates: OPCUACertificateManager;

  private constructor(server: OPCUAServer, certificates: OPCUACertificateManager) {
    this.#server = server;
    this.#certificates = certificates;
  }

  /** @param options.port left out: any free one */
  static async start(
    rootFolder: string,
    { port = 0, isOpen = false }: { port?: number; isOpen?: boolean } = {},
  ): Promise<PlcServer> {
    const opcua = await loadOpcua();
    const certificates = new opcua.OPCUACertificateManager({
      ...{ rootFolder, automaticallyAcceptUnknownCertificate: true, disableFileWatchers: true },
    });
    await certificates.initialize();
    const { MessageSecurityMode, SecurityPolicy } = opcua;
    const server = new opcua.OPCUAServer({
      ...{ port, hostname: '127.0.0.1', host: '127.0.0.1', serverCertificateManager: certificates },
      securityPolicies: [isOpen ? SecurityPolicy.None : SecurityPolicy.Basic256Sha256],
      securityModes: [isOpen ? MessageSecurityMode.None : MessageSecurityMode.SignAndEncrypt],
      allowAnonymous: isOpen,
      userManager: { isValidUser: (user: string, password: string) => user === 'line' && password === 'pass word/1' },
    });
    await server.initialize();
    const plc = new PlcServer(server, certificates);
    const namespace = server.engine.addressSpace!.registerNamespace('urn:acme:press');
    const folder = namespace.addFolder('ObjectsFolder', { browseName: 'Station', nodeId: 's=Station' });
    for (const [name, dataType] of Object.entries(nodes) as [Name, (typeof nodes)[Name]][]) {
      const variable = namespace.addVariable({
        ...{ componentOf: folder, browseName: name, nodeId: `s=${name}`, dataType },
        value: { dataType, value: nothing[dataType as keyof typeof nothing] ?? 0 },
      });
      variable.on('value_changed', ({ value }) => plc.written.push([name, value.value]));
      plc.#variables.set(name, variable);
    }
    await server.start();
    return plc;
  }

  get port(): number {
    return (this.#server.endpoints[0] as { port: number }).port;
  }

  get url(): string {
    return `opc.tcp://127.0.0.1:${this.port}`;
  }

  /** As a station names them. */
  static get nodes(): Record<Name, string> {
    const names = Object.keys(nodes) as Name[];
    return Object.fromEntries(names.map((name) => [name, `nsu=urn:acme:press;s=${name}`])) as Record<Name, string>;
  }

  read(): Record<Name, unknown> {
    const values = [...this.#variables].map(([name, variable]) => [name, variable.readValue().value.value]);
    return Object.fromEntries(values) as Record<Name, unknown>;
  }

  async stop(): Promise<void> {
    await this.#server.shutdown(0);
    await this.#certificates.dispose();
  }
}
