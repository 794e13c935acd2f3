import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { useClassName } from '../shared/use-class-name.ts';
import type { ExplainedPlace, Verdict } from '../types.ts';
import styles from './explanation.module.css';
import { useExplanation } from './use-explanation.ts';

/** Why a part was judged as it was; nothing where its picture was not kept, or it has no heat map. */
export function ExplanationOf({ verdict }: { verdict: Verdict }) {
  // Another verdict is closed until it is asked for.
  return verdict.kept && verdict.hasHeatmap ? <Asked key={verdict.id} verdict={verdict} /> : null;
}

function Asked({ verdict }: { verdict: Verdict }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  return (
    <div>
      <Button size="small" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        {t('parts.why.ask')}
      </Button>
      {isOpen && <Places verdict={verdict} />}
    </div>
  );
}

function Places({ verdict }: { verdict: Verdict }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data, error, refetch } = useExplanation(verdict.stationId, verdict.id);
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return <p className="soft">{t('parts.why.working')}</p>;
  const { seen, of } = data.defects;
  return (
    <>
      <ol className={styles.places}>
        {data.places.map((place) => (
          <li key={`${place.area?.x} ${place.area?.y}`}>
            <Place place={place} />
          </li>
        ))}
      </ol>
      <p className="soft">
        {t('parts.why.distance')} {of === 0 && t('parts.why.noDefects')}
        {seen < of && t('parts.why.compared', { seen: format.number(seen, 0), of: format.number(of, 0) })}
      </p>
    </>
  );
}

function Place({ place }: { place: ExplainedPlace }) {
  const { t } = useTranslation();
  const format = useFormat();
  const classText = useClassName();
  const distance = (value: number) => format.number(value, 2);
  const [defect] = place.defects;
  return (
    <div className={styles.patches}>
      <Crop crop={place.crop} called={t('parts.why.place')} tone="worst">
        {t('parts.why.off', { n: format.number(place.heat, 1) })}
      </Crop>
      {(place.here.length > 0 ? place.here : place.good).map(({ crop, fileName, picture, distance: off }) => (
        <Crop key={picture} crop={crop} called={t('parts.why.good')} file={fileName} tone="good">
          {distance(off)}
        </Crop>
      ))}
      {defect && (
        <Crop
          crop={defect.crop}
          called={
            defect.atLine ? t('parts.why.atLine', { name: classText(defect.className) }) : classText(defect.className)
          }
          file={defect.fileName}
          tone="bad"
        >
          {distance(defect.distance)}
        </Crop>
      )}
    </div>
  );
}

interface CropProps {
  readonly crop: string | null;
  readonly called: string;
  readonly file?: string | null;
  readonly tone: 'worst' | 'good' | 'bad';
  readonly children: string;
}

function Crop({ crop, called, file, tone, children }: CropProps) {
  const { t } = useTranslation();
  return (
    <figure className={styles.crop} data-tone={tone} title={file ?? undefined}>
      {crop ? <img src={crop} alt={called} /> : <span className={styles.gone}>{t('parts.why.gone')}</span>}
      <figcaption>
        <span data-raw>{called}</span>
        <b>{children}</b>
      </figcaption>
    </figure>
  );
}
