import {
  distrustCertificate,
  type ListedCertificate,
  listCertificates,
  trustCertificate,
} from '@millwright/cloud/opcua';
import { z } from 'zod';

export const certificateTrust = z.enum(['trusted', 'rejected']);
export const lineCertificate = z.object({
  ...{ thumbprint: z.string(), subject: z.string(), validFrom: z.string(), validTo: z.string() },
  trust: certificateTrust,
});

interface CertificateParts {
  /** Of keys and certificates. */
  readonly folder: string;
  /** Takes in what was trusted. */
  reload(): Promise<void>;
}

/** The trust list of OPC UA on this machine: a client or server whose certificate nobody has trusted is not spoken to. */
export class LineCertificates {
  readonly #parts: CertificateParts;

  constructor(parts: CertificateParts) {
    this.#parts = parts;
  }

  list(): Promise<ListedCertificate[]> {
    return listCertificates(this.#parts.folder);
  }

  /** Throws CONNECTOR_CERTIFICATE_UNKNOWN. */
  async trust(thumbprint: string, trust: ListedCertificate['trust']): Promise<ListedCertificate[]> {
    await (trust === 'trusted' ? trustCertificate : distrustCertificate)(this.#parts.folder, thumbprint);
    await this.#parts.reload();
    return this.list();
  }
}
