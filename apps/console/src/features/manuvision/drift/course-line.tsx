import { useTranslation } from 'react-i18next';
import type { DriftOf } from '../types.ts';
import styles from './drift.module.css';

const [width, height] = [240, 56];

/** The last parts as a line over the band where most of the training set lies; where the change began is marked. */
export function CourseLine({ drift, name }: { drift: DriftOf; name: string }) {
  const { t } = useTranslation();
  const { course, training, since } = drift;
  const values = course.map(({ value }) => value);
  const [least, most] = [Math.min(training.low, ...values), Math.max(training.high, ...values)];
  const range = most - least || 1;
  const x = (at: number) => (at / Math.max(course.length - 1, 1)) * width;
  const y = (value: number) => height - 3 - ((value - least) / range) * (height - 6);
  const began = since === null ? -1 : course.findIndex(({ at }) => at === since);
  return (
    <svg
      className={styles.course}
      viewBox={`0 0 ${width} ${height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={t('parts.drift.chart', { name })}
    >
      <rect
        className={styles.band}
        x={0}
        y={y(training.high)}
        width={width}
        height={Math.max(y(training.low) - y(training.high), 1)}
      />
      {began >= 0 && <line className={styles.began} x1={x(began)} x2={x(began)} y1={0} y2={height} />}
      <polyline
        className={styles.line}
        points={values.map((value, at) => `${x(at).toFixed(1)},${y(value).toFixed(1)}`).join(' ')}
      />
    </svg>
  );
}
