import type { Blobs } from '@millwright/blobs';
import { type EvidenceMethod, sha256 } from '@millwright/ledger';
import { renderReport } from './render-report.ts';
import type { ReportContent, ReportLanguage } from './report-content.ts';

export const reportMethodId = 'manuvision.lot-report';

export interface ReportParameters {
  readonly lot: string;
  readonly language: ReportLanguage;
}

export interface ReportOutput {
  /** SHA-256 of the PDF. */
  readonly pdf: string;
  readonly parts: number;
  readonly rejected: number;
}

export const reportOutput = (pdf: Uint8Array, { counts }: ReportContent): ReportOutput => ({
  pdf: sha256(pdf),
  ...{ parts: counts.ok + counts.ng + counts.refused, rejected: counts.ng },
});

/** Makes the report again from what is pinned: its content first, then the small pictures. */
export const reportMethod = (blobs: Blobs): EvidenceMethod => ({
  id: reportMethodId,
  version: '2',
  description: 'Makes the report of a lot again from what it says and its pictures, and compares the PDF by its hash.',
  async run(parameters, inputs): Promise<ReportOutput> {
    const { language } = parameters as ReportParameters;
    const [own, ...small] = inputs.map(({ reference }) => (reference as { hash: string }).hash);
    const content = JSON.parse(Buffer.from(await blobs.read(own!)).toString()) as ReportContent;
    const pictures = new Map<string, Uint8Array>();
    for (const hash of small) pictures.set(hash, await blobs.read(hash));
    return reportOutput(await renderReport({ content, language, pictures }), content);
  },
});
