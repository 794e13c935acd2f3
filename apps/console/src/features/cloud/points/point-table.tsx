import { Button } from 'antd';
import { type ReactNode, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import type { Point } from '../../../api/types.ts';
import { useSession } from '../../../app/session.tsx';
import { DataTable } from '../../../components/data-table/data-table.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import type { usePointPages } from '../use-cloud.ts';
import { useLatest } from '../use-latest.ts';
import { PointEdit } from './point-edit.tsx';
import { usePointColumns } from './use-point-columns.tsx';

interface PointTableProps {
  readonly name: string;
  readonly query: Pick<ReturnType<typeof usePointPages>, 'data' | 'error' | 'refetch' | 'more'>;
  readonly filters?: ReactNode;
  onSearch?(text: string): void;
  /** Beside something else, without the columns that can be spared. */
  readonly compact?: boolean;
}

/** So many are followed live: what a person can see, and no more than the server sends one browser. */
const mostLive = 500;

/** Points with their newest value; a row opens its trend. */
export function PointTable({ name, query, filters, onSearch, compact = false }: PointTableProps) {
  const { t } = useTranslation();
  const { may } = useSession();
  const navigate = useNavigate();
  const [edited, setEdited] = useState<Point>();
  const points = query.data;
  const ids = useMemo(() => points?.slice(0, mostLive).map(({ id }) => id) ?? [], [points]);
  const latest = useLatest(ids);
  const columns = usePointColumns(latest, may('cloud.source.write') ? setEdited : undefined, compact);
  return (
    <>
      <DataTable<Point>
        name={name}
        rows={points}
        columns={columns}
        rowKey={({ id }) => id}
        error={query.error}
        onRetry={() => void query.refetch()}
        onOpen={({ id }) => navigate(`/trends?points=${id}`)}
        filters={filters}
        onSearch={onSearch}
        more={query.more}
        empty={
          <EmptyState title={t('cloud.points.empty')} text={t('cloud.points.emptyNext')}>
            <Link to="/import">
              <Button>{t('pages.import.title')}</Button>
            </Link>
            <Link to="/sources">
              <Button>{t('pages.sources.title')}</Button>
            </Link>
          </EmptyState>
        }
      />
      {edited && <PointEdit point={edited} onClose={() => setEdited(undefined)} />}
    </>
  );
}
