import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useNote } from '../../../app/i18n/use-note.ts';
import { HashText } from '../../../components/hash-text.tsx';
import { Panel } from '../../../components/panel.tsx';
import type { Version } from '../types.ts';
import styles from './promise.module.css';

interface LearntFromProps {
  readonly version: Version;
  /** Groups of pictures that show the same. */
  readonly alike: number;
  /** It learns nothing. */
  readonly isTold: boolean;
}

/** Which version of the data set a training learnt from, and what of it could not be used. */
export function LearntFrom({ version, alike, isTold }: LearntFromProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const say = useNote();
  const { dataset, leftOut } = version;
  if (dataset === null) return null;
  return (
    <Panel title={t(isTold ? 'parts.told.lookedAt' : 'parts.learntFrom.title')}>
      <p className={styles.learntFrom}>
        {t('parts.learntFrom.version')} <HashText hash={dataset} />
      </p>
      {alike > 0 && <p className="soft">{t('parts.learntFrom.alike', { n: format.number(alike, 0) })}</p>}
      {leftOut.length === 0 ? (
        <p className="soft">{t('parts.learntFrom.noneLeftOut')}</p>
      ) : (
        <>
          <p>{t('parts.learntFrom.leftOut', { n: format.number(leftOut.length, 0) })}</p>
          <ul className={styles.leftOut}>
            {leftOut.map(({ name, fileName, reason }) => (
              <li key={name}>
                <b data-raw>{fileName}</b> {say(reason)}
              </li>
            ))}
          </ul>
        </>
      )}
    </Panel>
  );
}
