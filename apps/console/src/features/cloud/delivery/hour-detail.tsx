import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { DeliveryHour, Rejection } from '../../../api/types.ts';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useReason } from '../../../app/i18n/use-note.ts';
import { DataTable } from '../../../components/data-table/data-table.tsx';
import { FigureStrip } from '../../../components/figure-strip.tsx';
import { Panel } from '../../../components/panel.tsx';
import styles from './delivery-page.module.css';
import { hourMs, shownState } from './hours.ts';
import { useRejections } from './use-delivery.ts';

const counts = ['expected', 'received', 'stored', 'duplicate', 'rejected', 'late', 'outOfOrder', 'historical'] as const;

/** Why one hour of one source looks as it does: the counts, and what was turned away as it came. */
export function HourDetail({ hour, sourceName }: { hour: DeliveryHour; sourceName: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const why = useReason();
  const rejections = useRejections(hour);
  const begin = Date.parse(hour.hour);
  return (
    <section className={styles.detail} aria-live="polite">
      <Panel
        title={`${sourceName}, ${format.minute(begin)} – ${format.minute(begin + hourMs)}`}
        extra={<Link to={`/points?source=${hour.sourceId}`}>{t('cloud.delivery.points')}</Link>}
      >
        <p className="soft">{t(`cloud.delivery.why.${shownState(hour)}`)}</p>
        <br />
        <FigureStrip
          figures={counts.map((key) => ({
            key,
            label: t(`cloud.delivery.count.${key}`),
            value: format.number(hour[key], 0),
            tone: key === 'rejected' && hour.rejected > 0 ? 'bad' : undefined,
          }))}
        />
        {hour.rejected > 0 && (
          <DataTable<Rejection>
            name="rejected-readings"
            rows={rejections.data}
            error={rejections.error}
            rowKey={({ id }) => id}
            empty={t('facts.none')}
            columns={[
              {
                key: 'at',
                title: t('cloud.delivery.at'),
                value: ({ at }) => at,
                render: ({ at }) => <span className="nowrap">{format.dateTime(at)}</span>,
              },
              {
                key: 'code',
                title: t('cloud.delivery.code'),
                value: ({ code }) => t(`cloud.rejection.${code}`),
              },
              { key: 'reason', title: t('cloud.delivery.reason'), value: ({ reason, note }) => why(reason, note) },
              { key: 'key', title: t('cloud.points.key'), value: ({ key }) => key },
              {
                key: 'raw',
                title: t('cloud.delivery.raw'),
                value: ({ raw }) => raw,
                render: ({ raw }) => <pre className={styles.raw}>{raw}</pre>,
              },
            ]}
          />
        )}
      </Panel>
    </section>
  );
}
