import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Panel } from '../../../components/panel.tsx';
import { SettingsEditor } from '../settings/settings-editor.tsx';
import type { Inspection } from '../types.ts';
import styles from './guide.module.css';
import { TrainingJob } from './training-job.tsx';

/** The training while it runs. */
export function TrainStep({ inspection }: { inspection: Inspection }) {
  const { t } = useTranslation();
  const [isUnsaved, setUnsaved] = useState(false);
  return (
    <div className={styles.result}>
      <SettingsEditor inspection={inspection} onChanged={setUnsaved} />
      <Panel title={t('parts.guide.train.title')}>
        <p className={styles.told}>{t('parts.guide.train.hint')}</p>
        <TrainingJob inspection={inspection} isUnsaved={isUnsaved} />
        <p className={styles.next}>
          <Link to={`/parts/pictures/${inspection.datasetId}`}>{t('parts.guide.pictures.look')}</Link>
        </p>
      </Panel>
    </div>
  );
}
