import {
  distrustCertificate,
  type ListedCertificate,
  listCertificates,
  trustCertificate,
} from '@millwright/cloud/server';
import { type Actor, actorErrors, requirePermission } from '@millwright/kernel';
import type { Ledger } from '@millwright/ledger';
import type { StationOpcuaServer } from './opcua-server.ts';

/** The trust list of the stations' OPC UA server: a client whose certificate nobody has trusted is not let in. */
export class LineCertificateService {
  readonly #server: StationOpcuaServer;
  readonly #ledger: Ledger;

  constructor(server: StationOpcuaServer, ledger: Ledger) {
    this.#server = server;
    this.#ledger = ledger;
  }

  async list(actor: Actor): Promise<ListedCertificate[]> {
    requireAllSites(actor);
    return listCertificates(this.#server.folder);
  }

  /** Throws CONNECTOR_CERTIFICATE_UNKNOWN. */
  async trust(actor: Actor, thumbprint: string, trust: ListedCertificate['trust']): Promise<ListedCertificate[]> {
    requireAllSites(actor);
    await (trust === 'trusted' ? trustCertificate : distrustCertificate)(this.#server.folder, thumbprint);
    const content = { thumbprint, trust };
    await this.#ledger.record(actor, { type: 'manuvision.line-certificate-trust', subject: thumbprint, content });
    await this.#server.reloadCertificates();
    return listCertificates(this.#server.folder);
  }
}

/** A client reaches the stations of all sites. */
function requireAllSites(actor: Actor): void {
  requirePermission(actor, 'manuvision.station.write');
  if (actor.siteIds) throw actorErrors.ACCESS_SITE_DENIED({ siteId: '*', actor: actor.name });
}
