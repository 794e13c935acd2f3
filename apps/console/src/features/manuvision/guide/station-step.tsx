import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useSession } from '../../../app/session.tsx';
import { Panel } from '../../../components/panel.tsx';
import { PromiseView } from '../promise/promise-view.tsx';
import { TrainingFindings } from '../promise/training-result.tsx';
import { StationForm } from '../stations/station-form.tsx';
import type { Inspection, Version } from '../types.ts';
import styles from './guide.module.css';
import { TrainingJob } from './training-job.tsx';

/** What the training promises; believed, it becomes a station. */
export function StationStep({ inspection, version }: { inspection: Inspection; version: Version }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const navigate = useNavigate();
  return (
    <div className={styles.result}>
      <PromiseView inspection={inspection} version={version} />
      {may('manuvision.station.write') && (
        <Panel title={t('parts.guide.station.title')}>
          <p className={styles.told}>{t('parts.guide.station.hint')}</p>
          <StationForm
            inspection={inspection}
            version={version.version}
            onSaved={({ id }) => navigate(`/parts/stations/${id}`)}
          />
        </Panel>
      )}
      <TrainingFindings inspection={inspection} version={version} />
      <TrainingJob inspection={inspection} />
    </div>
  );
}
