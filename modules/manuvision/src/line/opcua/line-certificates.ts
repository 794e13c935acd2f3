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
  /** Of keys and certificates: of the server, and of the client. */
  readonly folders: readonly string[];
  /** Takes in what was trusted. */
  reload(): Promise<void>;
}

/** The trust list of OPC UA on this machine: a client or server whose certificate nobody has trusted is not spoken to. */
export class LineCertificates {
  readonly #parts: CertificateParts;

  constructor(parts: CertificateParts) {
    this.#parts = parts;
  }

  async list(): Promise<ListedCertificate[]> {
    return (await Promise.all(this.#parts.folders.map(listCertificates))).flat();
  }

  /** Throws CONNECTOR_CERTIFICATE_UNKNOWN. */
  async trust(thumbprint: string, trust: ListedCertificate['trust']): Promise<ListedCertificate[]> {
    const wanted = thumbprint.replace(/[^0-9a-f]/gi, '').toLowerCase();
    const change = trust === 'trusted' ? trustCertificate : distrustCertificate;
    const [first, ...others] = this.#parts.folders;
    const holding: string[] = [];
    for (const folder of others)
      if ((await listCertificates(folder)).some((one) => one.thumbprint === wanted)) holding.push(folder);
    // The first one says so where none has it.
    for (const folder of holding.length > 0 ? holding : [first!]) await change(folder, thumbprint);
    await this.#parts.reload();
    return this.list();
  }
}
