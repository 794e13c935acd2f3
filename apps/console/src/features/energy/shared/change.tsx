import { useFormat } from '../../../app/i18n/use-format.ts';
import styles from './shared.module.css';

/** More or less than before: 0.1 is `+10 %`. */
export function Change({ change }: { change: number | null | undefined }) {
  const format = useFormat();
  if (change === null || change === undefined) return <span className="faint">–</span>;
  const sign = change > 0 ? '+' : '';
  return (
    <span className={change > 0 ? styles.up : styles.down}>
      {sign}
      {format.percent(change)}
    </span>
  );
}
