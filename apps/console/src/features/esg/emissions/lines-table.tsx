import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../../components/data-table/data-table.tsx';
import { FilterSelect } from '../../../components/data-table/filter-select.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import type { FigureLine } from './emission-figure.ts';
import { LineDrawer } from './line-drawer.tsx';
import { useLineColumns } from './use-line-columns.tsx';

const methods = ['direct', 'location', 'market'] as const;

interface LinesTableProps {
  readonly figureId: string;
  readonly lines: readonly FigureLine[];
  /** Of the activity, where the figure is of a period. */
  readonly year: string | undefined;
}

/** Every multiplication of the figure, to be done again by hand. */
export function LinesTable({ figureId, lines, year }: LinesTableProps) {
  const { t } = useTranslation();
  const [site, setSite] = useState<string>();
  const [method, setMethod] = useState<string>();
  const [open, setOpen] = useState<FigureLine>();
  const columns = useLineColumns(figureId);
  const sites = [...new Set(lines.flatMap((line) => (line.site ? [line.site] : [])))];
  return (
    <>
      <DataTable<FigureLine>
        name="emission-lines"
        rows={lines.filter((line) => (!site || line.site === site) && (!method || line.method === method))}
        columns={columns}
        rowKey={({ key }) => key}
        onOpen={setOpen}
        filters={
          <>
            {sites.length > 1 && (
              <FilterSelect
                label={t('esg.site')}
                value={site}
                onChange={setSite}
                options={sites.map((value) => ({ value, label: value }))}
              />
            )}
            <FilterSelect
              label={t('esg.lines.method')}
              value={method}
              onChange={setMethod}
              options={methods.map((value) => ({ value, label: t(`esg.method.${value}`) }))}
            />
          </>
        }
        empty={<EmptyState title={t('esg.lines.empty')} />}
      />
      {open && <LineDrawer figureId={figureId} line={open} year={year} onClose={() => setOpen(undefined)} />}
    </>
  );
}
