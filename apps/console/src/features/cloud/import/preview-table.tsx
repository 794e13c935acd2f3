import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useReason } from '../../../app/i18n/use-note.ts';
import styles from './import-page.module.css';
import type { Mapping, PreviewRow } from './mapping.ts';
import { valueRead } from './value-read.ts';

interface PreviewTableProps {
  readonly rows: readonly PreviewRow[];
  /** A newer one is on its way. */
  readonly isOld: boolean;
  /** As corrected. */
  readonly mapping: Mapping;
}

/** The first rows as they stand in the file, with the time and the numbers they were read as. */
export function PreviewTable({ rows, isOld, mapping }: PreviewTableProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const why = useReason();
  const ignored = new Set(mapping.columns.filter(({ role }) => role === 'ignore').map(({ column }) => column));
  const width = Math.max(0, ...rows.map(({ cells }) => cells.length));
  const columns = Array.from({ length: width }, (_, index) => index + 1);
  const cellOf = (row: PreviewRow, column: number) => {
    const read = valueRead(row, column, mapping);
    return (
      <td key={column} className={ignored.has(column) ? `faint ${styles.cell}` : styles.cell} data-bad={read === null}>
        {row.cells[column - 1]}
        {typeof read === 'number' && <span className={styles.read}>= {format.number(read, 10)}</span>}
      </td>
    );
  };
  return (
    <div className={styles.scroll} aria-busy={isOld}>
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
          {rows.map((row) => (
            <tr
              key={row.row}
              data-rejected={row.rejected !== undefined}
              title={row.rejected && why(row.rejected, row.note)}
            >
              <td className="faint">{row.row}</td>
              <td className={row.time ? 'nowrap' : styles.why}>
                {row.time
                  ? format.dateTime(row.time, mapping.time.timezone)
                  : row.rejected && why(row.rejected, row.note)}
              </td>
              {columns.map((column) => cellOf(row, column))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
