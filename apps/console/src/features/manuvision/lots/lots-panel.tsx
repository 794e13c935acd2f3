import { DownloadOutlined } from '@ant-design/icons';
import { Button, Input, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { languageNames } from '../../../app/i18n/languages.ts';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useLanguage } from '../../../app/i18n/use-language.ts';
import { useSession } from '../../../app/session.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { EvidenceLink } from '../../../components/evidence/evidence-link.tsx';
import { Panel } from '../../../components/panel.tsx';
import { StateMark } from '../../../components/state-mark.tsx';
import { useSiteZone } from '../../cloud/use-site-zone.ts';
import { lotReportPath } from '../shared/paths.ts';
import { yieldOf } from '../shared/yield-of.ts';
import type { Lot, Station } from '../types.ts';
import styles from './lots.module.css';
import { useEndLot, useLots, useMakeReport, useStartLot } from './use-lots.ts';

/** Lots of the station: started and ended here, by HTTP or from the command line, each with its reports. */
export function LotsPanel({ station }: { station: Station }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const { data, error, refetch } = useLots(station.id);
  const [number, setNumber] = useState('');
  const start = useStartLot(station.id);
  const end = useEndLot(station.id);
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  if (!data) return null;
  const changes = may('manuvision.verdict.review');
  const begin = () => start.mutate(number.trim(), { onSuccess: () => setNumber('') });
  return (
    <Panel title={t('parts.lots.title')}>
      {changes && (
        <div className={styles.actions}>
          <Space.Compact>
            <Input
              aria-label={t('parts.lots.number')}
              placeholder={t('parts.lots.number')}
              maxLength={100}
              value={number}
              onChange={({ target }) => setNumber(target.value)}
              onPressEnter={() => number.trim() && begin()}
            />
            <Button disabled={number.trim() === ''} loading={start.isPending} onClick={begin}>
              {t('parts.lots.start')}
            </Button>
          </Space.Compact>
          {data.some(({ endedAt }) => endedAt === null) && (
            <Button loading={end.isPending} onClick={() => end.mutate(undefined)}>
              {t('parts.lots.end')}
            </Button>
          )}
        </div>
      )}
      {data.length === 0 ? (
        <p className="soft">{t('parts.lots.none')}</p>
      ) : (
        <ul className={styles.lots}>
          {data.map((lot) => (
            <LotLine key={lot.id} lot={lot} station={station} changes={changes} />
          ))}
        </ul>
      )}
    </Panel>
  );
}

function LotLine({ lot, station, changes }: { lot: Lot; station: Station; changes: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const language = useLanguage();
  const zone = useSiteZone(station.siteId);
  const make = useMakeReport(station.id);
  const { ok, ng, refused } = lot.counts;
  return (
    <li>
      <p>
        <b data-raw>{lot.number}</b> {lot.endedAt === null && <StateMark tone="busy">{t('parts.lots.open')}</StateMark>}{' '}
        <span className="soft">
          {lot.endedAt === null
            ? format.minute(lot.startedAt, zone)
            : t('parts.lots.from', { from: format.minute(lot.startedAt, zone), to: format.minute(lot.endedAt, zone) })}
        </span>
      </p>
      <p>
        {`${t('parts.verdict.ok')} ${format.number(ok, 0)} · ${t('parts.verdict.ng')} ${format.number(ng, 0)} · ${t('parts.verdict.refused')} ${format.number(refused, 0)} · ${t('parts.yield')} ${format.percent(yieldOf(lot.counts), 1)}`}
      </p>
      <p className={styles.actions}>
        {lot.reports.map(({ id, at, findingId, language: spoken }) => (
          <span key={id}>
            <a href={lotReportPath(station.id, lot.id, id)} download>
              <DownloadOutlined /> {t('parts.lots.save', { at: format.minute(at, zone) })} ({languageNames[spoken]})
            </a>{' '}
            <EvidenceLink id={findingId} />
          </span>
        ))}
        {changes && (
          <Button size="small" loading={make.isPending} onClick={() => make.mutate({ lot: lot.id, language })}>
            {t('parts.lots.report')}
          </Button>
        )}
      </p>
    </li>
  );
}
