import { hostname } from 'node:os';
import type { ClientSession, NodeId, OPCUACertificateManager, OPCUAClient } from 'node-opcua';
import { pkiFolder } from './certificates.ts';
import type { OpcuaConfig } from './opcua-config.ts';
import type { Opcua } from './opcua-library.ts';

export interface PreparedClient {
  readonly client: OPCUAClient;
  readonly certificates: OPCUACertificateManager;
  connect(): Promise<ClientSession>;
}

/** How a server is reached, and what this side is there. */
export interface ClientOf {
  readonly config: Pick<OpcuaConfig, 'endpointUrl' | 'securityMode' | 'securityPolicy' | 'user' | 'password'>;
  /** Of keys and certificates. */
  readonly folder: string;
  readonly sourceId: string;
}

const applicationName = 'Millwright';
/** An answer that takes longer is taken for a lost link. */
const answerMs = 15_000;

/**
 * A client with the source's own certificate that connects once: the library's own reconnection is left off, because
 * the link is built anew with history and points as they then stand. `onLost` is called when the connection breaks.
 * Whoever gets the client disconnects it and disposes of the certificate store, also when connecting fails.
 */
export async function prepareClient(opcua: Opcua, context: ClientOf, onLost: () => void): Promise<PreparedClient> {
  const { config, folder } = context;
  const certificates = new opcua.OPCUACertificateManager({
    rootFolder: pkiFolder(folder),
    automaticallyAcceptUnknownCertificate: false,
    disableFileWatchers: true,
  });
  await certificates.initialize();
  const client = opcua.OPCUAClient.create({
    applicationName,
    applicationUri: `urn:${hostname()}:${applicationName}`,
    clientName: `${applicationName} ${context.sourceId}`,
    clientCertificateManager: certificates,
    securityMode: opcua.MessageSecurityMode[config.securityMode],
    securityPolicy: opcua.SecurityPolicy[policyOf(config)],
    // Devices often give an address of their own network in their endpoints; the one configured is the one that works.
    endpointMustExist: false,
    keepSessionAlive: true,
    requestedSessionTimeout: 60_000,
    transportTimeout: answerMs,
    defaultTransactionTimeout: answerMs,
    connectionStrategy: { maxRetry: 0, initialDelay: 100, maxDelay: 500 },
  });
  for (const event of ['connection_lost', 'start_reconnection', 'close', 'abort'] as const) client.on(event, onLost);
  const connect = async () => {
    await client.connect(config.endpointUrl);
    return client.createSession(identityOf(opcua, config));
  };
  return { client, certificates, connect };
}

function policyOf(config: ClientOf['config']) {
  return config.securityPolicy ?? (config.securityMode === 'None' ? 'None' : 'Basic256Sha256');
}

function identityOf(opcua: Opcua, config: ClientOf['config']) {
  if (config.user === undefined) return { type: opcua.UserTokenType.Anonymous } as const;
  return { type: opcua.UserTokenType.UserName, userName: config.user, password: config.password ?? '' } as const;
}

export async function namespacesOf(opcua: Opcua, session: ClientSession): Promise<string[]> {
  const nodeId = opcua.resolveNodeId(`i=${opcua.VariableIds.Server_NamespaceArray}`);
  const { value } = await session.read({ nodeId, attributeId: opcua.AttributeIds.Value });
  return Array.isArray(value?.value) ? value.value.map(String) : [];
}

/** Node id of a key; `nsu=` names the namespace by its URI, which keeps its meaning when a server renumbers. */
export function resolveKey(opcua: Opcua, key: string, namespaces: readonly string[]): NodeId {
  const named = /^nsu=([^;]+);(.+)$/s.exec(key);
  if (!named) return opcua.coerceNodeId(key);
  const index = namespaces.indexOf(named[1]!);
  if (index < 0) throw new Error(`the server has no namespace ${named[1]}`);
  return opcua.coerceNodeId(`ns=${index};${named[2]}`);
}
