import { ArrowDownOutlined, ArrowUpOutlined, MinusOutlined } from '@ant-design/icons';
import styles from './kpi.module.css';
import { directionOf, type KpiRow } from './kpi-rows.ts';

const arrows = { up: ArrowUpOutlined, down: ArrowDownOutlined, same: MinusOutlined };

/** Against the year before: the arrow, how much, and how many percent. */
export function KpiChange({ change }: { change: KpiRow['change'] }) {
  if (!change) return <span className="faint">–</span>;
  const direction = directionOf(change.difference);
  const Arrow = arrows[direction];
  return (
    <span className={styles.change} data-direction={direction}>
      <Arrow /> {change.printed}
      {change.percent && <span className={styles.percent}>{change.percent}</span>}
    </span>
  );
}
