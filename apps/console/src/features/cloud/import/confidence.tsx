import { useFormat } from '../../../app/i18n/use-format.ts';
import styles from './import-page.module.css';
import { doubtful } from './mapping.ts';

/** How sure a guess is, as a bar and a figure. */
export function Confidence({ value }: { value: number | undefined }) {
  const format = useFormat();
  if (value === undefined) return null;
  return (
    <span className={styles.confidence} data-doubtful={value < doubtful}>
      <span className={styles.bar} aria-hidden="true">
        <span style={{ width: `${value * 100}%` }} />
      </span>
      {format.percent(value, 0)}
    </span>
  );
}
