import { answer, api } from '../../../api/client.ts';
import { uploadFile } from '../shared/upload-file.ts';
import { useEsgChange } from '../shared/use-esg-change.ts';
import type { KpiDatabaseRequest } from '../types.ts';

/** The table of an activity file (JSON, CSV or XLSX): stored, read and calculated in one go. */
export const useKpiFromFile = () =>
  useEsgChange(async (file: File) => {
    const { hash, name: fileName } = await uploadFile(file);
    return answer(api.POST('/api/esg/kpi/file', { body: { hash, fileName } }));
  });

/** The table of what the database has of a year and the year before. */
export const useKpiFromDatabase = () =>
  useEsgChange((body: KpiDatabaseRequest) => answer(api.POST('/api/esg/kpi', { body })));
