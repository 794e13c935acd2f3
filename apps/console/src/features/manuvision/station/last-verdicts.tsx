import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import type { Verdict } from '../types.ts';
import styles from './station.module.css';

interface LastVerdictsProps {
  readonly verdicts: readonly Verdict[];
  readonly shown: string | undefined;
  /** The newest one is followed again with undefined. */
  onChoose(id: string | undefined): void;
}

/** The last parts, newest first; any of them can be looked at again. */
export function LastVerdicts({ verdicts, shown, onChoose }: LastVerdictsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  if (verdicts.length === 0) return null;
  return (
    <ul className={styles.last} aria-label={t('parts.station.lastParts')}>
      {verdicts.map(({ id, verdict, fileName, at }, index) => (
        <li key={id}>
          <button
            type="button"
            data-verdict={verdict}
            aria-pressed={id === shown}
            aria-label={`${t(`parts.verdict.${verdict}`)}, ${fileName}, ${format.dateTime(at)}`}
            title={`${fileName} · ${format.dateTime(at)}`}
            onClick={() => onChoose(index === 0 ? undefined : id)}
          />
        </li>
      ))}
    </ul>
  );
}
