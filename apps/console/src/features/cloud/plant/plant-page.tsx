import { DownloadOutlined, PlusOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../app/session.tsx';
import { useSite } from '../../../app/site.tsx';
import { download } from '../../../components/data-table/download.ts';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { Splash } from '../../../components/splash.tsx';
import { useParameter } from '../../../components/use-parameter.ts';
import { useTree } from '../use-plant.ts';
import { NodeDetail } from './node-detail.tsx';
import { NodeForm } from './node-form.tsx';
import styles from './plant-page.module.css';
import { PlantTree } from './plant-tree.tsx';
import { structureCsv } from './structure-csv.ts';

export function PlantPage() {
  const { t } = useTranslation();
  const { may } = useSession();
  const { siteId } = useSite();
  const { data: all, error, refetch } = useTree();
  const [nodeId, choose] = useParameter('node');
  const [adding, setAdding] = useState(false);
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} page />;
  if (!all) return <Splash />;
  const nodes = siteId ? all.filter((node) => node.siteId === siteId) : all;
  const chosen = nodes.find(({ id }) => id === nodeId) ?? nodes.find(({ kind }) => kind === 'site');
  const add = may('cloud.plant.write') && (
    <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
      {t('cloud.plant.newSite')}
    </Button>
  );
  return (
    <>
      <PageHeader page="plant">
        <Button
          icon={<DownloadOutlined />}
          disabled={nodes.length === 0}
          onClick={() => download('plant-structure.csv', structureCsv(nodes))}
        >
          {t('cloud.plant.export')}
        </Button>
        {add}
      </PageHeader>
      {chosen ? (
        <div className={styles.columns}>
          <PlantTree nodes={nodes} chosenId={chosen.id} onChoose={choose} />
          <NodeDetail key={chosen.id} node={chosen} nodes={all} onChoose={choose} />
        </div>
      ) : (
        <EmptyState title={t('cloud.plant.empty')} text={t('cloud.plant.emptyNext')}>
          {add}
        </EmptyState>
      )}
      {adding && <NodeForm parent={undefined} onClose={() => setAdding(false)} onDone={choose} />}
    </>
  );
}
