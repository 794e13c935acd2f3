import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../app/session.tsx';
import { DataTable } from '../../../components/data-table/data-table.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Panel } from '../../../components/panel.tsx';
import { StateMark } from '../../../components/state-mark.tsx';
import { FileButton } from '../../esg/shared/file-button.tsx';
import styles from '../shared/shared.module.css';
import type { Tariff } from '../types.ts';
import { AssignForm } from './assign-form.tsx';
import { useAddExamples, useAddTariff, useAssignments, useTariffs } from './use-tariffs.ts';

/** Every version of every tariff, and which sites are billed by it. */
export function TariffTable({ siteId }: { siteId: string | undefined }) {
  const { t } = useTranslation();
  const { may } = useSession();
  const tariffs = useTariffs();
  const assignments = useAssignments();
  const add = useAddTariff();
  const examples = useAddExamples();
  const [chosen, choose] = useState<Tariff>();
  const writes = may('energy.tariff.write');
  const failed = add.error ?? examples.error ?? assignments.error;
  const sitesOf = ({ id, version }: Tariff) =>
    (assignments.data ?? [])
      .filter(({ tariff }) => tariff.id === id && tariff.version === version)
      .map(({ site, source, validFrom }) => `${source?.name ?? site.name} (${validFrom})`)
      .join(', ');
  return (
    <Panel
      title={t('energy.cost.tariffs')}
      flush
      extra={
        writes && (
          <span className={styles.buttons}>
            <Button loading={examples.isPending} onClick={() => examples.mutate(undefined)}>
              {t('energy.cost.addExamples')}
            </Button>
            <FileButton accept=".json" type="primary" loading={add.isPending} onFile={(file) => add.mutate(file)}>
              {t('energy.cost.upload')}
            </FileButton>
          </span>
        )
      }
    >
      {failed && <ErrorNotice error={failed} />}
      <DataTable<Tariff>
        name="tariffs"
        rows={tariffs.data}
        rowKey={({ id, version }) => `${id}@${version}`}
        error={tariffs.error}
        onRetry={() => void tariffs.refetch()}
        empty={<EmptyState title={t('energy.cost.none')} text={t('energy.cost.noneNext')} />}
        columns={[
          { key: 'name', title: t('energy.cost.tariff'), value: ({ name }) => name },
          { key: 'version', title: t('energy.cost.version'), value: ({ id, version }) => `${id}@${version}` },
          {
            key: 'valid',
            title: t('energy.cost.valid'),
            value: ({ validFrom, validTo }) => `${validFrom} – ${validTo ?? ''}`,
          },
          { key: 'currency', title: t('energy.cost.currency'), value: ({ currency }) => currency },
          {
            key: 'prices',
            title: t('energy.cost.prices'),
            value: ({ example }) => t(example ? 'energy.cost.madeUp' : 'energy.cost.published'),
            render: ({ example }) => (
              <StateMark tone={example ? 'warn' : 'good'}>
                {t(example ? 'energy.cost.madeUp' : 'energy.cost.published')}
              </StateMark>
            ),
          },
          { key: 'sites', title: t('energy.cost.sites'), value: sitesOf },
          { key: 'hash', title: 'SHA-256', value: ({ sha256 }) => sha256, exportOnly: true },
          {
            key: 'assign',
            title: '',
            value: () => '',
            render: (tariff) =>
              writes && (
                <Button size="small" onClick={() => choose(tariff)}>
                  {t('energy.cost.assign')}
                </Button>
              ),
          },
        ]}
      />
      {chosen && <AssignForm tariff={chosen} siteId={siteId} onClose={() => choose(undefined)} />}
    </Panel>
  );
}
