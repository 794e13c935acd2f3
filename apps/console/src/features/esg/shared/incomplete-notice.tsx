import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useNote } from '../../../app/i18n/use-note.ts';
import { useSession } from '../../../app/session.tsx';
import { NewFactor } from '../factors/new-factor.tsx';
import type { Note } from '../types.ts';
import { type MissingFactor, missingFactors, missingOf } from './missing.ts';
import styles from './shared.module.css';

/** What a figure lacks, and the way to give it: a total that lacks something is no total yet. */
export function IncompleteNotice({ warnings }: { warnings: readonly Note[] }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const say = useNote();
  const [adding, setAdding] = useState<MissingFactor>();
  const missing = missingOf(warnings);
  if (missing.length === 0) return null;
  const lacks = (name: string) => missing.some(({ code }) => code === `esg.${name}`);
  return (
    <>
      <Alert
        className={styles.incomplete}
        type="warning"
        showIcon
        title={t('esg.incomplete.title')}
        description={
          <>
            <ul className={styles.notes}>
              {missing.map((note) => (
                <li key={note.text}>{say(note)}</li>
              ))}
            </ul>
            <p className={styles.actions}>
              {may('esg.factor.write') &&
                missingFactors(missing).map((factor) => (
                  <Button key={`${factor.carrier} ${factor.region}`} size="small" onClick={() => setAdding(factor)}>
                    {t('esg.incomplete.addFactor', { region: factor.region, carrier: t(`esg.kind.${factor.carrier}`) })}
                  </Button>
                ))}
              {lacks('factor-missing') && <Link to="/factors">{t('pages.factors.title')}</Link>}
              {lacks('region-missing') && <Link to="/plant">{t('pages.plant.title')}</Link>}
              {lacks('steam-state-missing') && <Link to="/activity?view=meters">{t('esg.activity.views.meters')}</Link>}
            </p>
          </>
        }
      />
      {adding && <NewFactor needed={adding} onClose={() => setAdding(undefined)} />}
    </>
  );
}
