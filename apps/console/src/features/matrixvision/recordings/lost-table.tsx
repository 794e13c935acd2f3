import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import type { Column } from '../../../components/data-table/column.ts';
import { DataTable } from '../../../components/data-table/data-table.tsx';
import { useLostReason } from './use-lost-reason.ts';
import type { Lost } from './use-recordings.ts';

interface LostTableProps {
  readonly rows: readonly Lost[];
  onChoose(moment: number): void;
}

/** Every stretch that should be there and is not, with its reason. */
export function LostTable({ rows, onChoose }: LostTableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const reason = useLostReason();
  const columns: Column<Lost>[] = [
    {
      key: 'from',
      title: t('video.place.from'),
      value: ({ from }) => from,
      render: ({ from }) => format.dateTime(from),
    },
    { key: 'to', title: t('video.place.to'), value: ({ to }) => to, render: ({ to }) => format.dateTime(to) },
    {
      key: 'length',
      title: t('video.recordings.length'),
      searched: false,
      value: ({ from, to }) => (Date.parse(to) - Date.parse(from)) / 1000,
      render: ({ from, to }) => format.duration(Date.parse(to) - Date.parse(from)),
    },
    { key: 'reason', title: t('video.recordings.why'), value: (row) => reason(row.reason) },
  ];
  return (
    <DataTable<Lost>
      name="lost-recording"
      rows={rows}
      columns={columns}
      rowKey={({ from }) => from}
      onOpen={({ from }) => onChoose(Date.parse(from))}
      empty={null}
    />
  );
}
