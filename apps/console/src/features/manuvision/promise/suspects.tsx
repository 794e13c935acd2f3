import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useSession } from '../../../app/session.tsx';
import { Panel } from '../../../components/panel.tsx';
import { useNotify } from '../../../components/use-notify.ts';
import { thumbnailPath } from '../shared/paths.ts';
import { changePicture, usePicturesByHash, useRefreshDatasets } from '../shared/use-datasets.ts';
import type { PartPicture } from '../types.ts';
import styles from './promise.module.css';
import type { SuspectDetails } from './training-details.ts';

interface SuspectsProps {
  readonly datasetId: string;
  readonly suspects: readonly SuspectDetails[];
}

/** Good pictures that look unlike the others, the least like them first: a defect may have slipped in among them. */
export function Suspects({ datasetId, suspects }: SuspectsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { may } = useSession();
  const { failed } = useNotify();
  const refresh = useRefreshDatasets();
  const pictures = usePicturesByHash(
    datasetId,
    suspects.map(({ hash }) => hash),
  );
  const turn = (picture: PartPicture) =>
    changePicture(
      datasetId,
      picture.id,
      picture.label === 'good' ? { label: 'defect', class: null } : { label: 'good', class: null },
    )
      .catch(failed)
      .finally(refresh);
  if (suspects.length === 0) return <p className="soft">{t('parts.suspects.none')}</p>;
  return (
    <Panel title={t('parts.suspects.title', { n: suspects.length })}>
      <p className="soft">{t('parts.suspects.hint')}</p>
      <ul className={styles.suspects}>
        {suspects.map(({ hash, score }) => {
          const picture = pictures.data?.find((one) => one.hash === hash);
          if (!picture) return null;
          return (
            <li key={hash} data-turned={picture.label === 'defect'}>
              <img src={thumbnailPath(datasetId, picture.id)} alt={picture.fileName} loading="lazy" />
              <span className={styles.suspectName} data-raw title={picture.fileName}>
                {picture.fileName}
              </span>
              <span className="soft">{t('parts.suspects.score', { n: format.number(score, 3) })}</span>
              {may('manuvision.dataset.write') && (
                <Button size="small" onClick={() => void turn(picture)}>
                  {t(picture.label === 'good' ? 'parts.suspects.isDefect' : 'actions.undo')}
                </Button>
              )}
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}
