import type { CloudServices } from '@millwright/cloud/server';
import { type Actor, actorErrors, operatorActor, requirePermission } from '@millwright/kernel';
import type { Ledger } from '@millwright/ledger';
import type { z } from 'zod';
import type { StationsOnBoxes } from '../../box/on-boxes.ts';
import type { LineCertificates, lineCertificate } from './line-certificates.ts';

export type LineCertificate = z.output<typeof lineCertificate>;

interface ServiceParts {
  readonly own: LineCertificates;
  readonly onBoxes: Pick<StationsOnBoxes, 'certificates' | 'trustCertificate'>;
  readonly cloud: Pick<CloudServices, 'edgeBoxes'>;
  readonly ledger: Ledger;
}

/** Whom the stations trust to speak OPC UA with, on the server and on boxes. */
export class LineCertificateService {
  readonly #parts: ServiceParts;

  constructor(parts: ServiceParts) {
    this.#parts = parts;
  }

  /** @param boxId left out: those of the server. Throws EDGE_BOX_SILENT. */
  async list(actor: Actor, boxId?: string): Promise<LineCertificate[]> {
    const box = await this.#place(actor, boxId);
    return box ? this.#parts.onBoxes.certificates(box) : this.#parts.own.list();
  }

  /** Throws CONNECTOR_CERTIFICATE_UNKNOWN, EDGE_BOX_SILENT. */
  async trust(
    actor: Actor,
    thumbprint: string,
    trust: LineCertificate['trust'],
    boxId?: string,
  ): Promise<LineCertificate[]> {
    const { own, onBoxes, ledger } = this.#parts;
    const box = await this.#place(actor, boxId);
    const listed = box ? await onBoxes.trustCertificate(box, thumbprint, trust) : await own.trust(thumbprint, trust);
    const content = { thumbprint, trust, ...(box && { box: box.name }) };
    await ledger.record(actor, {
      ...{ type: 'manuvision.line-certificate-trust', subject: thumbprint, content },
      ...(box && { siteId: box.siteId }),
    });
    return listed;
  }

  /** Who is let in on the server reaches the stations of all sites; on a box, those of its site. */
  async #place(actor: Actor, boxId: string | undefined) {
    if (boxId !== undefined) {
      const box = await this.#parts.cloud.edgeBoxes.box(operatorActor, boxId);
      requirePermission(actor, 'manuvision.station.write', box.siteId);
      return box;
    }
    requirePermission(actor, 'manuvision.station.write');
    if (actor.siteIds) throw actorErrors.ACCESS_SITE_DENIED({ siteId: '*', actor: actor.name });
    return undefined;
  }
}
