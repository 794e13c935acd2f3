import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useSite } from '../../../app/site.tsx';
import { FilterSelect } from '../../../components/data-table/filter-select.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { type PointFilter, usePointPages, useSiteSources } from '../use-cloud.ts';
import { useWord } from '../use-word.ts';
import { carriers, quantities } from '../words.ts';
import { PointTable } from './point-table.tsx';

const kinds = ['gauge', 'delta', 'counter'] as const;

export function PointsPage() {
  const { t } = useTranslation();
  const word = useWord();
  const { siteId } = useSite();
  const [parameters, setParameters] = useSearchParams();
  const [search, setSearch] = useState('');
  const value = (name: string) => parameters.get(name) ?? undefined;
  const filter: PointFilter = {
    siteId: siteId ?? undefined,
    sourceId: value('source'),
    carrier: value('carrier'),
    quantity: value('quantity'),
    kind: value('kind') as PointFilter['kind'],
    search,
  };
  const points = usePointPages(filter);
  const { data: sources = [] } = useSiteSources();
  const select = (name: string, label: string, options: { value: string; label: string }[]) => (
    <FilterSelect
      label={label}
      value={value(name)}
      options={options}
      onChange={(next) =>
        setParameters((current) => {
          if (next) current.set(name, next);
          else current.delete(name);
          return current;
        })
      }
    />
  );
  return (
    <>
      <PageHeader page="points" />
      <PointTable
        name="points"
        query={points}
        onSearch={setSearch}
        filters={
          <>
            {select(
              'source',
              t('cloud.points.source'),
              sources.map(({ id, name }) => ({ value: id, label: name })),
            )}
            {select(
              'carrier',
              t('cloud.points.carrier'),
              carriers.map((code) => ({ value: code, label: word('carrier', code) })),
            )}
            {select(
              'quantity',
              t('cloud.points.quantity'),
              quantities.map((code) => ({ value: code, label: word('quantity', code) })),
            )}
            {select(
              'kind',
              t('cloud.points.kind'),
              kinds.map((code) => ({ value: code, label: t(`cloud.pointKind.${code}`) })),
            )}
          </>
        }
      />
    </>
  );
}
