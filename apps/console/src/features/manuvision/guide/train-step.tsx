import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { Panel } from '../../../components/panel.tsx';
import { SettingsEditor } from '../settings/settings-editor.tsx';
import type { Inspection } from '../types.ts';
import styles from './guide.module.css';
import { judgesBySettings } from './inspection-kinds.ts';
import { TrainingJob } from './training-job.tsx';

/** The training, with settings that may stay as they are; or, of a kind that learns nothing, the settings it judges by. */
export function TrainStep({ inspection }: { inspection: Inspection }) {
  const { t } = useTranslation();
  const [isUnsaved, setUnsaved] = useState(false);
  const isTold = judgesBySettings(inspection.kind);
  const settings = (
    <SettingsEditor
      inspection={inspection}
      onChanged={setUnsaved}
      hint={t(isTold ? 'parts.settings.tellFirst' : 'parts.settings.mayStay')}
    />
  );
  return (
    <div className={styles.result}>
      {isTold && settings}
      <Panel title={t(isTold ? 'parts.told.title' : 'parts.guide.train.title')}>
        <p className={styles.told}>{t(isTold ? 'parts.told.hint' : 'parts.guide.train.hint')}</p>
        <TrainingJob inspection={inspection} isUnsaved={isUnsaved} />
        <p className={styles.look}>
          <Link to={`/parts/pictures/${inspection.datasetId}`}>{t('parts.guide.pictures.look')}</Link>
        </p>
      </Panel>
      {!isTold && settings}
    </div>
  );
}
