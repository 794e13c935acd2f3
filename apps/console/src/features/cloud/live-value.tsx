import { Tooltip } from 'antd';
import { useTranslation } from 'react-i18next';
import { readingDigits } from '../../app/i18n/format.ts';
import { useFormat } from '../../app/i18n/use-format.ts';
import styles from './live-value.module.css';
import type { Latest } from './use-latest.ts';

interface LiveValueProps {
  readonly latest: Latest | undefined;
  readonly unit: string;
  /** Older than this it is shown faint: it may no longer be so. */
  readonly staleAfterMs?: number;
}

/** As `Quality` of the cloud module counts them. */
const qualities = ['good', 'uncertain', 'bad', 'substituted'] as const;

export function LiveValue({ latest, unit, staleAfterMs = 15 * 60_000 }: LiveValueProps) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!latest) return <span className="faint">–</span>;
  const quality = qualities[latest.quality] ?? 'bad';
  const stale = Date.now() - latest.time > staleAfterMs;
  return (
    <Tooltip title={`${format.dateTime(latest.time)} · ${t(`cloud.quality.${quality}`)}`}>
      <span className={styles.value} data-stale={stale} data-quality={quality}>
        {format.quantity(latest.value, unit, readingDigits(latest.value))}
      </span>
    </Tooltip>
  );
}
