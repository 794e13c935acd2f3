import { DownloadOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Button, Pagination, Segmented } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeliveryHour } from '../../../api/types.ts';
import { download } from '../../../components/data-table/download.ts';
import { FilterSelect } from '../../../components/data-table/filter-select.tsx';
import { toCsv } from '../../../components/data-table/to-csv.ts';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { Panel } from '../../../components/panel.tsx';
import { useNotify } from '../../../components/use-notify.ts';
import { useParameter } from '../../../components/use-parameter.ts';
import { useSiteSources } from '../use-cloud.ts';
import styles from './delivery-page.module.css';
import { HourDetail } from './hour-detail.tsx';
import { hourMs, hoursOf, stripsOf } from './hours.ts';
import { Legend } from './legend.tsx';
import { SourceStrip } from './source-strip.tsx';
import { TimeAxis } from './time-axis.tsx';
import { fetchDelivery, useDelivery } from './use-delivery.ts';

const spans = { '24h': 24, '7d': 168, '30d': 720 } as const;
type Span = keyof typeof spans;
/** Strips on one page: what fits a screen twice. */
const onPage = 40;
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
  const { failed } = useNotify();
  const [asked, setSpan] = useParameter('span');
  const span: Span = asked && asked in spans ? (asked as Span) : '7d';
  const [onlyId, setOnlyId] = useParameter('source');
  const [page, setPage] = useParameter('page');
  const [chosen, setChosen] = useState<DeliveryHour>();
  // By the hour, so that the window is the same for every request within it.
  const to = Math.ceil(Date.now() / hourMs) * hourMs;
  const from = to - spans[span] * hourMs;
  const sources = useSiteSources();
  const meant = (sources.data ?? []).filter(({ id }) => !onlyId || id === onlyId).map(({ id }) => id);
  const at = Math.min(Number(page ?? 1), Math.max(1, Math.ceil(meant.length / onPage)));
  const shown = meant.slice((at - 1) * onPage, at * onPage);
  const delivery = useDelivery(from, to, { enabled: shown.length > 0, sourceIds: shown });
  const hours = useMemo(() => hoursOf(from, to), [from, to]);
  const strips = stripsOf(shown, delivery.data ?? [], hours);
  const nameOf = (id: string) => sources.data?.find((source) => source.id === id)?.name ?? id;
  const save = useMutation({
    mutationFn: () => fetchDelivery(from, to, meant),
    onError: failed,
    onSuccess: (items) =>
      download(
        'delivery.csv',
        toCsv(
          ['source', ...columns],
          items.map((item) => [nameOf(item.sourceId), ...columns.map((key) => item[key])]),
        ),
      ),
  });
  return (
    <>
      <PageHeader page="delivery">
        <FilterSelect
          label={t('cloud.points.source')}
          value={onlyId}
          onChange={setOnlyId}
          options={(sources.data ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          width={170}
        />
        <Segmented<Span>
          aria-label={t('cloud.trends.window')}
          value={span}
          onChange={setSpan}
          options={(Object.keys(spans) as Span[]).map((value) => ({
            value,
            label: t(`cloud.trends.windows.${value}`),
          }))}
        />
        <Button
          icon={<DownloadOutlined />}
          onClick={() => save.mutate()}
          loading={save.isPending}
          disabled={!delivery.data?.length}
        >
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
          {strips.length > 0 && <TimeAxis hours={hours} />}
        </div>
        {meant.length > onPage && (
          <Pagination
            size="small"
            align="end"
            current={at}
            total={meant.length}
            pageSize={onPage}
            showSizeChanger={false}
            onChange={(next) => setPage(next === 1 ? undefined : String(next))}
          />
        )}
      </Panel>
      {chosen ? (
        <HourDetail key={`${chosen.sourceId} ${chosen.hour}`} hour={chosen} sourceName={nameOf(chosen.sourceId)} />
      ) : (
        <p className={styles.hint}>{t('cloud.delivery.hint')}</p>
      )}
    </>
  );
}
