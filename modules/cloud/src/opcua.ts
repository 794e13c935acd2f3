/** Door `./opcua` of cloud: what modules that speak OPC UA share, on the server and on a box. */
export {
  distrustCertificate,
  type ListedCertificate,
  listCertificates,
  pkiFolder,
  trustCertificate,
} from './connectors/opcua/certificates.ts';
export { loadOpcua, type Opcua } from './connectors/opcua/opcua-library.ts';
export { namespacesOf, type PreparedClient, prepareClient, resolveKey } from './connectors/opcua/open-client.ts';
