import { loadOpcua, type Opcua } from '@millwright/cloud/opcua';
import type { ClientSession, OPCUACertificateManager, OPCUAClient } from 'node-opcua';
import { expect, vi } from 'vitest';

const outputs = [
  ...['Ready', 'Busy', 'ResultValid', 'Pass', 'Fail', 'Fault', 'FaultCode', 'Class', 'ClassNumber', 'Score'],
  ...['ResultId', 'PartId', 'Heartbeat', 'State'],
] as const;
type Values = Record<string, unknown>;

/** A line's controller by OPC UA, signing and encrypting, with a certificate of its own; or without any of it. */
export class OpcuaPlc {
  readonly #opcua: Opcua;
  readonly #client: OPCUAClient;
  readonly #certificates: OPCUACertificateManager;
  readonly #session: ClientSession;
  readonly #station: string;

  private constructor(
    opcua: Opcua,
    parts: { client: OPCUAClient; certificates: OPCUACertificateManager; session: ClientSession; station: string },
  ) {
    this.#opcua = opcua;
    this.#client = parts.client;
    this.#certificates = parts.certificates;
    this.#session = parts.session;
    this.#station = parts.station;
  }

  static async connect(
    { url, namespace, node }: { url: string; namespace: string; node: string },
    rootFolder: string,
    security: 'SignAndEncrypt' | 'None' = 'SignAndEncrypt',
  ): Promise<OpcuaPlc> {
    const opcua = await loadOpcua();
    const certificates = new opcua.OPCUACertificateManager({
      ...{ rootFolder, automaticallyAcceptUnknownCertificate: true, disableFileWatchers: true },
    });
    await certificates.initialize();
    const client = opcua.OPCUAClient.create({
      securityMode: opcua.MessageSecurityMode[security],
      securityPolicy: opcua.SecurityPolicy[security === 'None' ? 'None' : 'Basic256Sha256'],
      ...{ endpointMustExist: false, clientCertificateManager: certificates, connectionStrategy: { maxRetry: 0 } },
    });
    try {
      await client.connect(url);
      const session = await client.createSession();
      const index = (await session.readNamespaceArray()).indexOf(namespace);
      return new OpcuaPlc(opcua, { client, certificates, session, station: `ns=${index};${node}` });
    } catch (error) {
      await client.disconnect();
      await certificates.dispose();
      throw error;
    }
  }

  async read(): Promise<Values> {
    const { AttributeIds } = this.#opcua;
    const nodes = outputs.map((name) => ({ nodeId: `${this.#station}/${name}`, attributeId: AttributeIds.Value }));
    const values = await this.#session.read(nodes);
    return Object.fromEntries(values.map(({ value }, at) => [outputs[at], value.value]));
  }

  async until(wanted: Values): Promise<Values> {
    const look = async () => {
      const values = await this.read();
      expect(values).toMatchObject(wanted);
      return values;
    };
    return vi.waitFor(look, { timeout: 30_000, interval: 30 });
  }

  async write(values: Record<string, string | boolean>): Promise<void> {
    const { AttributeIds, DataType } = this.#opcua;
    for (const [name, value] of Object.entries(values)) {
      const dataType = typeof value === 'string' ? DataType.String : DataType.Boolean;
      const nodeId = `${this.#station}/Inputs/${name}`;
      const node = { nodeId, attributeId: AttributeIds.Value, value: { value: { dataType, value } } };
      expect((await this.#session.write(node)).name).toBe('Good');
    }
  }

  /** Name of the status. */
  async call(name: 'Trigger' | 'Acknowledge' | 'Reset' | 'EndLot', partId?: string): Promise<string> {
    const inputArguments = partId === undefined ? [] : [{ dataType: this.#opcua.DataType.String, value: partId }];
    const methodId = `${this.#station}/${name}`;
    const answer = await this.#session.call({ objectId: this.#station, methodId, inputArguments });
    return answer.statusCode.name;
  }

  async close(): Promise<void> {
    await this.#session.close();
    await this.#client.disconnect();
    await this.#certificates.dispose();
  }
}
