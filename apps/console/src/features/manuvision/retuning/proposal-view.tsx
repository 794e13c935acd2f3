import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { EvidenceLink } from '../../../components/evidence/evidence-link.tsx';
import { useSiteZone } from '../../cloud/use-site-zone.ts';
import { VerdictMark } from '../shared/verdict-mark.tsx';
import type { Proposal, Station } from '../types.ts';
import styles from './retuning.module.css';

/** A proposed limit beside the one of now, with what it would have changed. */
export function ProposalView({ proposal, station }: { proposal: Proposal; station: Station }) {
  const { t } = useTranslation();
  const format = useFormat();
  const zone = useSiteZone(station.siteId);
  const { change, current, proposed, parts, held, changed, changedParts, asked } = proposal;
  const rate = (value: number) => format.number(value, value < 10 ? 1 : 0);
  const isKept = change === 'keep';
  const sides = isKept ? [current] : [current, proposed];
  return (
    <div className={styles.proposal}>
      <p>
        <b>{t(`parts.retuning.${change}`)}</b> <EvidenceLink id={proposal.findingId} />
        <br />
        <span className="soft">{`${format.minute(proposal.at, zone)} · ${proposal.by}`}</span>
      </p>
      <table className={styles.compare}>
        <thead>
          <tr>
            <td />
            <th scope="col">{t('parts.retuning.now')}</th>
            {!isKept && <th scope="col">{t('parts.retuning.proposed')}</th>}
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{t('parts.retuning.limit')}</th>
            {sides.map(({ threshold }) => (
              <td key={threshold}>{format.number(threshold, 3)}</td>
            ))}
          </tr>
          <tr>
            <th scope="row">
              {t('parts.retuning.falseRejects')}
              <br />
              <span className="soft">{t('parts.promise.asked', { n: rate(asked) })}</span>
            </th>
            {sides.map(({ threshold, per1000, low, high }) => (
              <td key={threshold} data-over={per1000 > asked}>
                <b>{rate(per1000)}</b>
                <br />
                <span className="soft">{t('parts.retuning.interval', { low: rate(low), high: rate(high) })}</span>
              </td>
            ))}
          </tr>
          <tr>
            <th scope="row">{t('parts.retuning.misses')}</th>
            {sides.map(({ threshold, misses, defects }) => (
              <td key={threshold} data-over={misses > current.misses}>
                {t('parts.retuning.missesOf', { n: format.number(misses, 0), of: format.number(defects, 0) })}
              </td>
            ))}
          </tr>
        </tbody>
      </table>
      <p className="soft">
        {t('parts.retuning.basis', {
          ...{ all: format.number(parts.all, 0), rejected: format.number(parts.rejected, 0) },
          ...{ reviewed: format.number(parts.reviewed, 0), held: format.number(held, 0) },
        })}
      </p>
      {changedParts > 0 && (
        <details>
          <summary>
            {t('parts.retuning.changed', { n: format.number(changedParts, 0) })}
            {changed.length < changedParts && ` (${t('parts.retuning.changedShown', { n: changed.length })})`}
          </summary>
          <table className={styles.changed}>
            <thead>
              <tr>
                <th scope="col">{t('parts.retuning.part')}</th>
                <th scope="col">{t('parts.score')}</th>
                <th scope="col">{t('parts.retuning.would')}</th>
                <th scope="col">{t('parts.retuning.said')}</th>
              </tr>
            </thead>
            <tbody>
              {changed.map(({ id, fileName, at, score, before, after, reviewed }) => (
                <tr key={id}>
                  <td>
                    <span data-raw>{fileName}</span> <span className="soft">{format.minute(at, zone)}</span>
                  </td>
                  <td>{format.number(score, 3)}</td>
                  <td>
                    <VerdictMark verdict={before} /> → <VerdictMark verdict={after} />
                  </td>
                  <td>{reviewed ? <VerdictMark verdict={reviewed} /> : '–'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </div>
  );
}
