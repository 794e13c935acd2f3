import { useTerm } from '../app/i18n/use-term.ts';
import styles from './fact-list.module.css';
import { FactValue } from './fact-list.tsx';
import { wordsOf } from './fact-shape.ts';

const mostRows = 100;

export function FactTable({ rows }: { rows: readonly Record<string, unknown>[] }) {
  const term = useTerm();
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column} scope="col">
                {term('field', column, wordsOf(column))}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, mostRows).map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a recorded output never move.
            <tr key={index}>
              {columns.map((column) => (
                <td key={column} data-number={typeof row[column] === 'number'}>
                  <FactValue value={row[column]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > mostRows && <p className="faint">… {rows.length}</p>}
    </div>
  );
}
