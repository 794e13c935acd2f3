import { DownloadOutlined } from '@ant-design/icons';
import { Button, Segmented } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import type { DeliveryHour } from '../../../api/types.ts';
import { download } from '../../../components/data-table/download.ts';
import { toCsv } from '../../../components/data-table/to-csv.ts';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { Panel } from '../../../components/panel.tsx';
import { useSiteSources } from '../use-cloud.ts';
import styles from './delivery-page.module.css';
import { HourDetail } from './hour-detail.tsx';
import { hourMs, hoursOf, stripsOf } from './hours.ts';
import { Legend } from './legend.tsx';
import { SourceStrip } from './source-strip.tsx';
import { useDelivery } from './use-delivery.ts';

const spans = { '24h': 24, '7d': 168, '30d': 720 } as const;
type Span = keyof typeof spans;
const columns = [
  'sourceId',
  'hour',
  'state',
  'expected',
  'received',
  'stored',
  'duplicate',
  'rejected',
  'late',
  'early',
  'outOfOrder',
  'historical',
] as const;

export function DeliveryPage() {
  const { t } = useTranslation();
  const [parameters, setParameters] = useSearchParams();
  const span: Span = (parameters.get('span') as Span | null) ?? '7d';
  const [chosen, setChosen] = useState<DeliveryHour>();
  // By the hour, so that the window is the same for every request within it.
  const to = Math.ceil(Date.now() / hourMs) * hourMs;
  const from = to - (spans[span] ?? 168) * hourMs;
  const sources = useSiteSources();
  const delivery = useDelivery(from, to);
  const hours = useMemo(() => hoursOf(from, to), [from, to]);
  const strips = stripsOf(sources.data?.map(({ id }) => id) ?? [], delivery.data ?? [], hours);
  const nameOf = (id: string) => sources.data?.find((source) => source.id === id)?.name ?? id;
  const save = () =>
    download(
      'delivery.csv',
      toCsv(
        ['source', ...columns],
        (delivery.data ?? []).map((item) => [nameOf(item.sourceId), ...columns.map((key) => item[key])]),
      ),
    );
  return (
    <>
      <PageHeader page="delivery">
        <Segmented<Span>
          aria-label={t('cloud.trends.window')}
          value={span}
          onChange={(value) => setParameters({ span: value })}
          options={(Object.keys(spans) as Span[]).map((value) => ({
            value,
            label: t(`cloud.trends.windows.${value}`),
          }))}
        />
        <Button icon={<DownloadOutlined />} onClick={save} disabled={!delivery.data?.length}>
          {t('table.export')}
        </Button>
      </PageHeader>
      {delivery.error && <ErrorNotice error={delivery.error} onRetry={() => void delivery.refetch()} />}
      <Panel title={t('cloud.delivery.strips')} extra={<Legend />}>
        {sources.data?.length === 0 && (
          <EmptyState title={t('cloud.sources.empty')} text={t('cloud.sources.emptyNext')} />
        )}
        <div className={styles.strips} aria-busy={delivery.isFetching}>
          {strips.map((strip) => (
            <SourceStrip
              key={strip.sourceId}
              strip={strip}
              times={hours}
              name={nameOf(strip.sourceId)}
              chosen={chosen}
              onChoose={setChosen}
            />
          ))}
        </div>
      </Panel>
      {chosen ? (
        <HourDetail key={`${chosen.sourceId} ${chosen.hour}`} hour={chosen} sourceName={nameOf(chosen.sourceId)} />
      ) : (
        <p className={styles.hint}>{t('cloud.delivery.hint')}</p>
      )}
    </>
  );
}
