import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageSecurityMode, OPCUACertificateManager, OPCUAServer, SecurityPolicy } from 'node-opcua';
import type { OpcuaServerOptions } from './opcua-server.ts';

/** A server that is set up and does not listen yet. Any client certificate is trusted: this is a plant to try things on. */
export async function openOpcuaServer(options: OpcuaServerOptions): Promise<OPCUAServer> {
  const { port, host = '127.0.0.1', certificateFolder, allowAnonymous = true, users = {}, maxMonitoredItems } = options;
  const serverCertificateManager = new OPCUACertificateManager({
    rootFolder: certificateFolder ?? join(tmpdir(), 'millwright-plant-simulator-pki'),
    automaticallyAcceptUnknownCertificate: true,
    keySize: 2048,
  });
  await serverCertificateManager.initialize();
  const server = new OPCUAServer({
    port,
    host,
    hostname: host,
    serverCertificateManager,
    userCertificateManager: serverCertificateManager,
    serverInfo: { applicationUri: 'urn:millwright:plant-simulator:server', productUri: 'millwright-plant-simulator' },
    securityPolicies: [SecurityPolicy.None, SecurityPolicy.Basic256Sha256],
    securityModes: [MessageSecurityMode.None, MessageSecurityMode.Sign, MessageSecurityMode.SignAndEncrypt],
    allowAnonymous,
    userManager: {
      isValidUser: (name: string, password: string) => Object.hasOwn(users, name) && users[name] === password,
    },
    ...(maxMonitoredItems !== undefined && { serverCapabilities: { maxMonitoredItems } }),
  });
  await server.initialize();
  return server;
}
