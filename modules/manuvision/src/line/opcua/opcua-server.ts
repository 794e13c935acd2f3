import { mkdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import { loadOpcua, type Opcua, pkiFolder } from '@millwright/cloud/opcua';
import type { Logger } from '@millwright/kernel';
import type { Namespace, OPCUACertificateManager, OPCUAServer, UAObject } from 'node-opcua';
import type { HandshakeSettings } from '../handshake-settings.ts';
import type { LineProtocol } from '../line-protocol.ts';
import type { StationTalk } from '../station-talk.ts';
import { StationNodes } from './station-nodes.ts';

interface ServerParts {
  readonly host: string;
  /** 0 takes any free one; null: it is not spoken. */
  readonly port: number | null;
  /** required: only clients whose certificate somebody trusted; optional: also without. */
  readonly security: 'required' | 'optional';
  /** Of keys and certificates. */
  readonly folder: string;
  readonly logger: Logger;
}

export const stationsNamespace = 'urn:millwright:stations';

interface Running {
  readonly opcua: Opcua;
  readonly server: OPCUAServer;
  readonly certificates: OPCUACertificateManager;
  readonly namespace: Namespace;
  readonly folder: UAObject;
  readonly port: number;
}

/**
 * OPC UA for all stations of this machine, each an object below `Stations`. It listens while a station wants it. States are
 * those of OPC 40100-1 (Machine Vision, 2019); its full type model, with recipes and results as files, is not there.
 */
export class StationOpcuaServer implements LineProtocol {
  readonly #parts: ServerParts;
  readonly #nodes = new Map<string, StationNodes>();
  #running: Running | undefined;
  #problem: string | null = null;

  constructor(parts: ServerParts) {
    this.#parts = parts;
  }

  /** Whether the server has a port for it. */
  get isOffered(): boolean {
    return this.#parts.port !== null;
  }

  /** Where it listens; null: it does not. */
  get url(): string | null {
    return this.#running ? `opc.tcp://${this.#name}:${this.#running.port}` : null;
  }

  async serve(talks: readonly StationTalk[]): Promise<void> {
    const wanted = new Map(talks.filter(({ settings }) => settings.opcua).map((talk) => [talk.station.id, talk]));
    if (wanted.size === 0) return this.close();
    if (!this.#running && this.isOffered) await this.#listen();
    const running = this.#running;
    if (!running) return;
    for (const [id, nodes] of this.#nodes) {
      const talk = wanted.get(id);
      if (talk?.station.name === nodes.talk.station.name) continue;
      nodes.remove();
      this.#nodes.delete(id);
    }
    for (const [id, talk] of wanted) {
      const nodes = this.#nodes.get(id);
      if (!nodes) this.#nodes.set(id, new StationNodes(running.opcua, running.namespace, running.folder, talk));
      else {
        nodes.talk = talk;
        nodes.show();
      }
    }
  }

  changed(talk: StationTalk): void {
    const nodes = this.#nodes.get(talk.station.id);
    if (nodes?.talk === talk) nodes.show();
  }

  problem({ opcua }: HandshakeSettings): string | null | undefined {
    if (!opcua) return null;
    if (!this.isOffered) return 'no port';
    return this.#running ? null : (this.#problem ?? undefined);
  }

  /** Certificates were trusted or distrusted in the folder. */
  async reloadCertificates(): Promise<void> {
    await this.#running?.certificates.reloadCertificates();
  }

  async close(): Promise<void> {
    const running = this.#running;
    [this.#running, this.#problem] = [undefined, null];
    this.#nodes.clear();
    await running?.server.shutdown(0);
    await running?.certificates.dispose();
  }

  /** What clients are told to connect to: every address of this machine is none. */
  get #name(): string {
    const { host } = this.#parts;
    return host === '0.0.0.0' || host === '::' ? hostname() : host;
  }

  async #listen(): Promise<void> {
    const { host, port, security, logger } = this.#parts;
    const opcua = await loadOpcua();
    const rootFolder = pkiFolder(this.#parts.folder);
    await mkdir(rootFolder, { recursive: true });
    const certificates = new opcua.OPCUACertificateManager({
      ...{ rootFolder, automaticallyAcceptUnknownCertificate: false, disableFileWatchers: true },
    });
    const { MessageSecurityMode, SecurityPolicy } = opcua;
    const isOpen = security === 'optional';
    const { Basic256Sha256, Aes128_Sha256_RsaOaep, Aes256_Sha256_RsaPss } = SecurityPolicy;
    const server = new opcua.OPCUAServer({
      ...{ port: port!, host, hostname: this.#name },
      ...{ serverCertificateManager: certificates, userCertificateManager: certificates },
      serverInfo: {
        ...{ applicationUri: `urn:${hostname()}:Millwright:stations`, productUri: 'urn:millwright' },
        applicationName: { text: 'Millwright stations' },
      },
      securityPolicies: [
        ...(isOpen ? [SecurityPolicy.None] : []),
        ...[Basic256Sha256, Aes128_Sha256_RsaOaep, Aes256_Sha256_RsaPss],
      ],
      securityModes: [
        ...(isOpen ? [MessageSecurityMode.None] : []),
        ...[MessageSecurityMode.Sign, MessageSecurityMode.SignAndEncrypt],
      ],
      // Who may come in is said by the trusted certificates; there are no names and passwords beside them.
      ...{ allowAnonymous: true, userManager: { isValidUser: () => false } },
    });
    try {
      await certificates.initialize();
      await server.initialize();
      const namespace = server.engine.addressSpace!.registerNamespace(stationsNamespace);
      const folder = namespace.addFolder('ObjectsFolder', { browseName: 'Stations', nodeId: 's=Stations' });
      await server.start();
      const endpoint = server.endpoints[0] as { port: number };
      this.#running = { opcua, server, certificates, namespace, folder, port: endpoint.port };
      this.#problem = null;
    } catch (error) {
      this.#problem = error instanceof Error ? error.message : String(error);
      logger.error({ err: error, port }, 'stations cannot be reached by OPC UA');
      await server.shutdown(0).catch(() => undefined);
      await certificates.dispose();
    }
  }
}
