import type { Note } from '@millwright/kernel';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useNote } from '../../../app/i18n/use-note.ts';
import { VerdictMark } from '../shared/verdict-mark.tsx';
import type { Tried } from '../types.ts';
import styles from './settings.module.css';

/** What these settings say of the picture now. */
export function TriedResult({ tried }: { readonly tried: Tried }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (tried.measured) return <Measured features={tried.measured.features} />;
  return (
    <div className={styles.result} role="status">
      <VerdictMark verdict={tried.verdict} /> <strong data-raw>{tried.value ?? '–'}</strong>
      {tried.confidence !== null && (
        <p className="soft">{t('parts.settings.sure', { n: format.percent(tried.confidence, 0) })}</p>
      )}
    </div>
  );
}

const units: Readonly<Record<string, string>> = { px2: 'px²', mm2: 'mm²', deg: '°' };

function Measured({ features }: { readonly features: NonNullable<Tried['measured']>['features'] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const say = useNote();
  return (
    <table className={styles.values}>
      <thead>
        <tr>
          <th>{t('parts.plan.name')}</th>
          <th>{t('parts.plan.value')}</th>
          <th>{t('parts.settings.verdict')}</th>
        </tr>
      </thead>
      <tbody>
        {features.map(({ name, value, unit, uncertainty, verdict, reason }) => (
          <tr key={name}>
            <td data-raw>{name}</td>
            <td>
              {value === null
                ? reason
                  ? say(reason as Note)
                  : '–'
                : // Twice the standard uncertainty, which holds the value in 95 % of cases.
                  `${format.number(value, digitsOf(uncertainty))} ± ${format.number(2 * (uncertainty ?? 0), digitsOf(uncertainty))} ${units[unit] ?? unit}`}
            </td>
            <td>
              <VerdictMark verdict={verdict} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** So many that the uncertainty shows two. */
const digitsOf = (uncertainty: number | null): number =>
  Math.min(Math.max(1 - Math.floor(Math.log10(Math.max(uncertainty ?? 0, 1e-6))), 0), 4);
