import { useQuery } from '@tanstack/react-query';
import { answer, api } from '../../../api/client.ts';
import { uploadFile } from '../shared/upload-file.ts';
import { useEsgChange } from '../shared/use-esg-change.ts';
import type { ActivityEntry, ActivityKind } from '../types.ts';

export interface ActivityFilter {
  readonly year?: number;
  readonly siteId?: string;
  readonly kind?: ActivityKind;
  /** `true`: corrected and withdrawn ones too. */
  readonly all?: string;
}

export const useActivity = (query: ActivityFilter) =>
  useQuery({
    queryKey: ['esg', 'activity', query],
    placeholderData: (previous) => previous,
    queryFn: async () => (await answer(api.GET('/api/esg/activity', { params: { query } }))).items,
  });

export const useEnterActivity = () =>
  useEsgChange((body: ActivityEntry) => answer(api.POST('/api/esg/activity', { body })));

export const useCorrectActivity = () =>
  useEsgChange(({ id, ...body }: { id: string; reason: string; entry: ActivityEntry }) =>
    answer(api.POST('/api/esg/activity/{id}/correct', { params: { path: { id } }, body })),
  );

export const useWithdrawActivity = () =>
  useEsgChange(({ id, reason }: { id: string; reason: string }) =>
    answer(api.POST('/api/esg/activity/{id}/withdraw', { params: { path: { id } }, body: { reason } })),
  );

/** All statements of a file, or none. */
export const useImportActivity = () =>
  useEsgChange(async (file: File) => {
    const { hash, name: fileName } = await uploadFile(file);
    return answer(api.POST('/api/esg/activity/import', { body: { hash, fileName } }));
  });
