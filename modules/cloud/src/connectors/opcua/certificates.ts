import { createHash, X509Certificate } from 'node:crypto';
import { mkdir, readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { connectorErrors } from '../errors.ts';

/** A server's certificate that this source has met, or that a person has put into its folder. */
export interface ListedCertificate {
  /** SHA-1 of the certificate in lower-case hexadecimal, as OPC UA identifies certificates. */
  readonly thumbprint: string;
  readonly subject: string;
  readonly validFrom: string;
  readonly validTo: string;
  readonly trust: 'trusted' | 'rejected';
}

export function pkiFolder(folder: string): string {
  return join(folder, 'pki');
}

const places = { trusted: join('trusted', 'certs'), rejected: 'rejected' } as const;

/** Trusted and rejected certificates of a source; `folder` is the source's own folder. */
export async function listCertificates(folder: string): Promise<ListedCertificate[]> {
  return (await allCertificates(folder)).map(({ file: _, ...listed }) => listed);
}

/** Lets the source connect to the server with this certificate. Throws CONNECTOR_CERTIFICATE_UNKNOWN. */
export async function trustCertificate(folder: string, thumbprint: string): Promise<void> {
  await move(folder, thumbprint, 'trusted');
}

/** Takes the trust back; the source is refused at its next connection. Throws CONNECTOR_CERTIFICATE_UNKNOWN. */
export async function distrustCertificate(folder: string, thumbprint: string): Promise<void> {
  await move(folder, thumbprint, 'rejected');
}

async function move(folder: string, thumbprint: string, trust: ListedCertificate['trust']): Promise<void> {
  const wanted = thumbprint.replace(/[^0-9a-f]/gi, '').toLowerCase();
  const found = (await allCertificates(folder)).filter((certificate) => certificate.thumbprint === wanted);
  if (found.length === 0) throw connectorErrors.CONNECTOR_CERTIFICATE_UNKNOWN({ thumbprint });
  const target = join(pkiFolder(folder), places[trust]);
  await mkdir(target, { recursive: true });
  for (const certificate of found)
    if (certificate.trust !== trust) await rename(certificate.file, join(target, `${wanted}.pem`));
}

async function allCertificates(folder: string): Promise<(ListedCertificate & { file: string })[]> {
  const found: (ListedCertificate & { file: string })[] = [];
  for (const [trust, place] of Object.entries(places) as [ListedCertificate['trust'], string][]) {
    const path = join(pkiFolder(folder), place);
    for (const name of await readdir(path).catch(() => [])) {
      if (!/\.(pem|der|crt|cer)$/i.test(name)) continue;
      const file = join(path, name);
      const certificate = await readCertificate(file);
      if (certificate) found.push({ ...certificate, trust, file });
    }
  }
  return found;
}

/** Undefined for a file that is no certificate; someone may have put anything there. */
async function readCertificate(file: string): Promise<Omit<ListedCertificate, 'trust'> | undefined> {
  try {
    const certificate = new X509Certificate(await readFile(file));
    return {
      thumbprint: createHash('sha1').update(certificate.raw).digest('hex'),
      subject: certificate.subject.replaceAll('\n', ', '),
      validFrom: new Date(certificate.validFrom).toISOString(),
      validTo: new Date(certificate.validTo).toISOString(),
    };
  } catch {
    return undefined;
  }
}
