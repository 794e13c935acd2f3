import { Button, Drawer } from 'antd';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useSession } from '../../../app/session.tsx';
import { DataTable } from '../../../components/data-table/data-table.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { FigurePicker } from '../shared/figure-picker.tsx';
import { useFigures } from '../shared/use-figures.ts';
import { RestateDrawer } from './restate-drawer.tsx';
import { RestatedResult } from './restated-result.tsx';
import { type RestatementRow, restatementRows } from './restatement-rows.ts';
import { useRestatementColumns } from './use-restatement-columns.tsx';
import { useRestatements } from './use-restatements.ts';

const types = ['esg.inventory', 'esg.kpi', 'esg.emissions'] as const;

export function RestatementsPage() {
  const { t } = useTranslation();
  const { may } = useSession();
  const { data, error, refetch } = useRestatements();
  const figures = useFigures(types).data ?? [];
  const [chosen, setChosen] = useState<string>();
  const [restating, setRestating] = useState(false);
  const [opened, setOpened] = useState<string>();
  const columns = useRestatementColumns();
  const rows = useMemo(() => data && restatementRows(data), [data]);
  const figure = chosen ?? figures[0]?.id;
  const shown = data?.find(({ id }) => id === opened);
  return (
    <>
      <PageHeader page="restatements" />
      {may('esg.figure.write') && figures.length > 0 && (
        <FigurePicker figures={figures} value={figure} onChange={setChosen}>
          <Button type="primary" onClick={() => setRestating(true)}>
            {t('esg.restate.button')}
          </Button>
        </FigurePicker>
      )}
      <DataTable<RestatementRow>
        name="restatements"
        rows={rows}
        columns={columns}
        rowKey={({ key }) => key}
        error={error}
        onRetry={() => void refetch()}
        onOpen={({ id }) => setOpened(id)}
        empty={
          <EmptyState title={t('esg.restate.empty')} text={t('esg.restate.emptyNext')}>
            {figures.length === 0 && <Link to="/emissions">{t('pages.emissions.title')}</Link>}
          </EmptyState>
        }
      />
      {restating && figure && <RestateDrawer figure={figure} onClose={() => setRestating(false)} />}
      <Drawer open={shown !== undefined} size={640} title={t('esg.restate.one')} onClose={() => setOpened(undefined)}>
        {shown && <RestatedResult restatement={shown} />}
      </Drawer>
    </>
  );
}
