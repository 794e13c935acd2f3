import { useMutation, useQuery } from '@tanstack/react-query';
import { answer, api } from '../../../api/client.ts';
import { uploadFile } from '../shared/upload-file.ts';
import { useEsgChange } from '../shared/use-esg-change.ts';
import type { FactorChange, FactorImportRequest } from '../types.ts';
import { type NewFactorFields, newFactorTable } from './new-factor-table.ts';

/** All versions of a factor, newest first. */
export const useFactorHistory = (id: string) =>
  useQuery({
    queryKey: ['esg', 'factors', 'history', id],
    queryFn: async () => (await answer(api.GET('/api/esg/factors/{id}/history', { params: { path: { id } } }))).items,
  });

export const useSupersede = (id: string) =>
  useEsgChange((body: { reason: string; change: FactorChange }) =>
    answer(api.POST('/api/esg/factors/{id}/supersede', { params: { path: { id } }, body })),
  );

const importFactors = (body: FactorImportRequest) => answer(api.POST('/api/esg/factors/import', { body }));

/** Says what an import would do, and changes nothing. */
export const useFactorPreview = () =>
  useMutation({ mutationFn: (body: FactorImportRequest) => importFactors({ ...body, preview: true }) });

export const useFactorImport = () => useEsgChange(importFactors);

/** One factor, by the way that tables of factors come in. */
export const useNewFactor = () =>
  useEsgChange(async (fields: NewFactorFields) => {
    const { hash, name: fileName } = await uploadFile(new File([newFactorTable(fields)], `${fields.id}.csv`));
    return importFactors({ hash, fileName, existing: 'reject' });
  });
