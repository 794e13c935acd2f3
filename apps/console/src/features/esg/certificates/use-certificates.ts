import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../../../api/client.ts';
import { useEsgChange } from '../shared/use-esg-change.ts';
import type { CertificateEntry } from '../types.ts';

export interface CertificateFilter {
  readonly year?: number;
  readonly siteId?: string;
  /** `true`: withdrawn ones too. */
  readonly all?: string;
}

export const useCertificates = (query: CertificateFilter) =>
  useQuery({
    queryKey: ['esg', 'certificates', query],
    placeholderData: (previous) => previous,
    queryFn: async () => (await answer(api.GET('/api/esg/certificates', { params: { query } }))).items,
  });

export const useRegisterCertificate = () =>
  useEsgChange((body: CertificateEntry) => answer(api.POST('/api/esg/certificates', { body })));

export const useWithdrawCertificate = () =>
  useEsgChange(({ id, reason }: { id: string; reason: string }) =>
    answer(api.POST('/api/esg/certificates/{id}/withdraw', { params: { path: { id } }, body: { reason } })),
  );
