import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { EvidenceLink } from '../../../components/evidence/evidence-link.tsx';
import { Panel } from '../../../components/panel.tsx';
import { judgesBySettings } from '../guide/inspection-kinds.ts';
import type { Inspection, Version } from '../types.ts';
import { IntervalBar } from './interval-bar.tsx';
import styles from './promise.module.css';
import { trainingDetails } from './training-details.ts';

/** What may be expected of false rejects, how sure that is, and what would make it surer. */
export function PromiseView({ inspection, version }: { inspection: Inspection; version: Version }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { falseRejects, images, findingId } = version;
  const { promise, misses } = trainingDetails(version);
  const rate = (per1000: number) => format.number(per1000, per1000 < 10 ? 1 : 0);
  const isTold = judgesBySettings(inspection.kind);
  if (!falseRejects)
    return (
      <Panel title={t(isTold ? 'parts.told.judges' : 'parts.promise.title')} extra={<EvidenceLink id={findingId} />}>
        <p className="soft">{t(isTold ? 'parts.told.promise' : 'parts.promise.none')}</p>
      </Panel>
    );
  const { per1000, low, high } = falseRejects;
  return (
    <Panel title={t('parts.promise.title')} extra={<EvidenceLink id={findingId} />}>
      <div className={styles.promise}>
        <p className={styles.figure}>
          <b>{rate(per1000)}</b>
          <span>{t('parts.promise.per1000')}</span>
        </p>
        <div className={styles.drawn}>
          <IntervalBar value={per1000} low={low} high={high} asked={promise?.asked ?? inspection.promise} />
          <p>{t('parts.promise.interval', { low: rate(low), high: rate(high) })}</p>
          {promise && (
            <p className="soft">
              {t('parts.promise.restsOn', {
                n: format.number(promise.goodParts, 0),
                rejected: format.number(promise.rejected, 0),
              })}{' '}
              {promise.isCarriedOn && t('parts.promise.carriedOn')}
            </p>
          )}
          {promise && (
            <p className={styles.more} data-good={promise.moreGoodParts === 0}>
              {promise.moreGoodParts === 0
                ? t('parts.promise.proved', { n: rate(promise.asked) })
                : t('parts.promise.needMore', {
                    n: format.number(promise.moreGoodParts, 0),
                    asked: rate(promise.asked),
                  })}
            </p>
          )}
          {misses && (
            <p>
              {t(misses.missed === 0 ? 'parts.promise.missesFew' : 'parts.promise.misses', {
                n: format.number(misses.defects, 0),
                missed: format.number(misses.missed, 0),
                low: format.percent(misses.low),
                high: format.percent(misses.high),
              })}
            </p>
          )}
        </div>
      </div>
      <p className="faint">
        {t('parts.promise.learntFrom', {
          good: format.number(images.good, 0),
          defects: format.number(images.defects, 0),
        })}
      </p>
    </Panel>
  );
}
