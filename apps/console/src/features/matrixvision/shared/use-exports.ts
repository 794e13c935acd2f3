import { useTranslation } from 'react-i18next';
import { openDownload } from '../../../components/data-table/download.ts';
import type { ExportChoice } from '../../../components/data-table/export-button.tsx';

const formats = ['csv', 'parquet'] as const;

interface ServerExport {
  /** Ends in `/export`. */
  readonly path: string;
  readonly query: Readonly<Record<string, string | number | undefined>>;
  readonly disabled?: boolean;
}

/** What the server makes of a whole table, page by page, however long it is: CSV and Parquet. */
export function useExports({ path, query, disabled = false }: ServerExport): ExportChoice[] {
  const { t } = useTranslation();
  const given = Object.entries(query).flatMap(([name, value]): [string, string][] =>
    value === undefined ? [] : [[name, String(value)]],
  );
  return formats.map((format) => ({
    ...{ key: format, label: t(`table.exportAll.${format}`), disabled },
    save: () => openDownload(`${path}?${new URLSearchParams([...given, ['format', format]])}`),
  }));
}
