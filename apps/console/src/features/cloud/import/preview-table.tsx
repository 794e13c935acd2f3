import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useReason } from '../../../app/i18n/use-note.ts';
import styles from './import-page.module.css';
import type { Inspection, Mapping } from './mapping.ts';

interface PreviewTableProps {
  readonly inspection: Inspection;
  /** As corrected; decides which columns are shown as ignored. */
  readonly mapping: Mapping;
}

/** The first rows as they stand in the file, with the time they were read as. */
export function PreviewTable({ inspection, mapping }: PreviewTableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const why = useReason();
  const ignored = new Set(mapping.columns.filter(({ role }) => role === 'ignore').map(({ column }) => column));
  const width = Math.max(0, ...inspection.preview.map(({ cells }) => cells.length));
  const columns = Array.from({ length: width }, (_, index) => index + 1);
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">#</th>
            <th scope="col">{t('cloud.import.readAs')}</th>
            {columns.map((column) => (
              <th key={column} scope="col" className={ignored.has(column) ? 'faint' : undefined}>
                {mapping.columns.find((each) => each.column === column)?.header || column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {inspection.preview.map(({ row, cells, time, rejected, note }) => (
            <tr key={row} data-rejected={rejected !== undefined} title={rejected && why(rejected, note)}>
              <td className="faint">{row}</td>
              <td className="nowrap">
                {rejected ? why(rejected, note) : format.dateTime(time, mapping.time.timezone)}
              </td>
              {columns.map((column) => (
                <td key={column} className={ignored.has(column) ? `faint ${styles.cell}` : styles.cell}>
                  {cells[column - 1]}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
