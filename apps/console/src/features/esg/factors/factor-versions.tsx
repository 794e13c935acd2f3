import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { factorUnit } from '../shared/families.ts';
import type { Factor } from '../types.ts';
import styles from './factors.module.css';

/** Every version there was, newest first; figures made with an old one still find it here. */
export function FactorVersions({ versions }: { versions: readonly Factor[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <ol className={styles.versions}>
      {versions.map((version) => (
        <li key={version.key} data-current={!version.supersededBy}>
          <span className="mono">{version.key}</span> · <strong>{version.value}</strong> {factorUnit(version)}
          <div className="soft">
            {t('esg.factor.addedBy', { who: version.addedBy, when: format.minute(version.addedAt) })}
          </div>
          {version.reason && <div>{t('esg.factor.because', { reason: version.reason })}</div>}
          {version.supersededBy && (
            <div className="faint">{t('esg.factor.supersededBy', { by: version.supersededBy })}</div>
          )}
        </li>
      ))}
    </ol>
  );
}
