import type { Blobs } from '@millwright/blobs';
import type { PlantService } from '@millwright/cloud/server';
import type { Database } from '@millwright/db';
import { type Actor, type Clock, newId, requirePermission } from '@millwright/kernel';
import { canonicalJson, type Ledger, sha256 } from '@millwright/ledger';
import { z } from 'zod';
import { documentSchema } from '../activity/activity-entry.ts';
import { certificateSchema } from '../emissions/activity-line.ts';
import { esgErrors } from '../errors.ts';
import { requireAt } from '../permissions.ts';
import type { CertificateQuery, CertificateRepository, CertificateRow } from './repository.ts';

/** A certificate as it is registered: for which year and site it was cancelled, and the document that says so. */
export const certificateEntrySchema = z.strictObject({
  ...certificateSchema.omit({ evidence: true, id: true }).shape,
  /** Number that the registry gave it. */
  certificate: z.string().trim().min(1).max(200),
  /** Year of the consumption that it covers. */
  year: z.number().int().min(1990).max(2100),
  /** Left out, it covers wherever consumption is left. */
  siteId: z.uuid().optional(),
  /** Without one it is kept, and counts as nothing but a claim. */
  document: documentSchema.optional(),
  note: z.string().max(2000).optional(),
});
export type CertificateStatement = z.output<typeof certificateEntrySchema>;

export interface RegisteredCertificate {
  readonly id: string;
  readonly statement: CertificateStatement;
  readonly sha256: string;
  readonly enteredAt: string;
  readonly enteredBy: string;
  readonly withdrawn: { readonly at: string; readonly by: string; readonly reason: string } | null;
}

/** Renewable energy certificates and other contractual instruments, each with its document. */
export class CertificateService {
  #parts: CertificateParts;
  constructor(parts: CertificateParts) {
    this.#parts = parts;
  }

  async list(actor: Actor, query: CertificateQuery = {}): Promise<RegisteredCertificate[]> {
    requirePermission(actor, 'esg.certificate.read', query.siteId);
    return (await this.#parts.repository.list({ ...query, siteIds: actor.siteIds })).map(toCertificate);
  }

  async register(actor: Actor, statement: CertificateStatement): Promise<RegisteredCertificate> {
    requireAt(actor, 'esg.certificate.write', statement.siteId);
    const { db, ledger, blobs, plant, clock, repository } = this.#parts;
    if (statement.siteId) await plant.node(actor, statement.siteId);
    if (statement.document && !(await blobs.has(statement.document.hash)))
      throw esgErrors.ESG_UPLOAD_UNKNOWN({ hash: statement.document.hash });
    for (const field of ['MWh', 'tCO2PerMWh'] as const)
      if (statement[field].startsWith('-'))
        throw esgErrors.ESG_ACTIVITY_NEGATIVE({ line: statement.certificate, field, value: statement[field] });
    const content = canonicalJson(statement);
    const row: CertificateRow = {
      id: newId(),
      site_id: statement.siteId ?? null,
      year: statement.year,
      registry: statement.registry,
      certificate: statement.certificate,
      content,
      sha256: sha256(content),
      created_at: clock.now(),
      actor_id: actor.id,
      actor_name: actor.name,
      ...{ withdrawn_at: null, withdrawn_by: null, withdrawn_reason: null },
    };
    try {
      await db.transaction(async (transaction) => {
        await repository.insert(transaction, row);
        const about = { subject: row.id, siteId: statement.siteId };
        await ledger.record(actor, { type: 'esg.certificate-register', ...about, content: { ...statement } });
      });
    } catch (error) {
      if ((error as { code?: string }).code !== '23505') throw error;
      const { certificate, registry } = statement;
      throw esgErrors.ESG_CERTIFICATE_REGISTERED({ certificate, registry }, error);
    }
    return toCertificate(row);
  }

  async withdraw(actor: Actor, id: string, reason: string): Promise<void> {
    const { db, ledger, repository, clock } = this.#parts;
    const row = await repository.one(id);
    if (!row) throw esgErrors.ESG_CERTIFICATE_UNKNOWN({ id });
    requireAt(actor, 'esg.certificate.write', row.site_id);
    await db.transaction(async (transaction) => {
      if (!(await repository.withdraw(transaction, id, clock.now(), actor.name, reason)))
        throw esgErrors.ESG_CERTIFICATE_UNKNOWN({ id });
      const content = { reason, statement: JSON.parse(row.content) };
      const about = { subject: id, siteId: row.site_id ?? undefined };
      await ledger.record(actor, { type: 'esg.certificate-withdraw', ...about, content });
    });
  }

  /** One statement for evidence that is run again. */
  async read(id: string): Promise<CertificateStatement> {
    const row = await this.#parts.repository.one(id);
    if (!row) throw esgErrors.ESG_CERTIFICATE_UNKNOWN({ id });
    return statementOf(row);
  }
}

interface CertificateParts {
  readonly db: Database;
  readonly ledger: Ledger;
  readonly blobs: Blobs;
  readonly clock: Clock;
  readonly plant: PlantService;
  readonly repository: CertificateRepository;
}

function statementOf(row: CertificateRow): CertificateStatement {
  if (sha256(row.content) !== row.sha256) throw esgErrors.ESG_CERTIFICATE_ALTERED({ id: row.id });
  return JSON.parse(row.content) as CertificateStatement;
}

function toCertificate(row: CertificateRow): RegisteredCertificate {
  return {
    id: row.id,
    statement: statementOf(row),
    sha256: row.sha256,
    enteredAt: row.created_at.toISOString(),
    enteredBy: row.actor_name,
    withdrawn: row.withdrawn_at && {
      at: row.withdrawn_at.toISOString(),
      by: row.withdrawn_by!,
      reason: row.withdrawn_reason!,
    },
  };
}
