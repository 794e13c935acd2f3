import { Button, Drawer, Space } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useSession } from '../../../app/session.tsx';
import type { Column } from '../../../components/data-table/column.ts';
import { DataTable } from '../../../components/data-table/data-table.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { EvidenceLink } from '../../../components/evidence/evidence-link.tsx';
import { Facts } from '../../../components/fact-list.tsx';
import { HashText } from '../../../components/hash-text.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { useParameter } from '../../../components/use-parameter.ts';
import styles from '../drawer.module.css';
import { StageMark } from './stage-mark.tsx';
import { StepDialog } from './step-dialog.tsx';
import { type ModelVersion, type Step, useModel, useStep, useVersions } from './use-models.ts';

export function ModelPage() {
  const { id = '' } = useParams();
  const { t } = useTranslation();
  const format = useFormat();
  const { data: model, error, refetch } = useModel(id);
  const versions = useVersions(id);
  const step = useStep(id);
  const [openVersion, setOpenVersion] = useParameter('version');
  const [asked, setAsked] = useState<Omit<Step, 'reason'>>();
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />;
  const columns: Column<ModelVersion>[] = [
    { key: 'version', title: t('learning.columns.version'), value: ({ version }) => version, align: 'right' },
    {
      key: 'stage',
      title: t('learning.columns.stage'),
      value: ({ stage }) => t(`learning.stage.${stage}`),
      render: (version) => <StageMark version={version} />,
    },
    { key: 'reason', title: t('learning.reason'), value: ({ stageReason }) => stageReason },
    { key: 'parent', title: t('learning.columns.parent'), value: ({ parentVersion }) => parentVersion, align: 'right' },
    { key: 'by', title: t('learning.columns.by'), value: ({ by }) => by },
    { key: 'at', title: t('learning.columns.at'), value: ({ at }) => at, render: ({ at }) => format.dateTime(at) },
  ];
  const open = versions.data?.find(({ version }) => String(version) === openVersion);
  return (
    <>
      <PageHeader page="model" {...(model && { title: `${model.name} · ${model.place}` })} />
      <DataTable
        name={model?.name ?? 'model'}
        rows={versions.data}
        columns={columns}
        rowKey={({ version }) => String(version)}
        error={versions.error}
        onRetry={() => void versions.refetch()}
        onOpen={({ version }) => setOpenVersion(String(version))}
        empty={<EmptyState title={t('learning.noVersions')} text={t('learning.noModelsNext')} />}
      />
      {open && (
        <Drawer
          open
          size={520}
          className={styles.sections}
          title={t('learning.versionTitle', { version: open.version })}
          extra={<StageMark version={open} />}
          onClose={() => setOpenVersion(undefined)}
        >
          <Steps version={open} onAsk={(to) => setAsked({ version: open.version, to })} />
          <Version version={open} modelId={id} />
        </Drawer>
      )}
      {asked && (
        <StepDialog
          step={asked}
          busy={step.isPending}
          onClose={() => setAsked(undefined)}
          onDone={(reason) => step.mutate({ ...asked, reason }, { onSettled: () => setAsked(undefined) })}
        />
      )}
    </>
  );
}

function Steps({ version, onAsk }: { version: ModelVersion; onAsk(to: Step['to']): void }) {
  const { t } = useTranslation();
  const { may } = useSession();
  if (!may('cloud.model.promote')) return null;
  const canShadow = version.stage === 'draft' || version.stage === 'reviewed';
  const steps: Step['to'][] = [
    ...version.nextStages,
    ...(canShadow ? [version.shadow ? ('no-shadow' as const) : ('shadow' as const)] : []),
  ];
  return (
    <Space wrap>
      {steps.map((to) => (
        <Button
          key={to}
          type={to === 'live' ? 'primary' : 'default'}
          danger={to === 'retired'}
          onClick={() => onAsk(to)}
        >
          {t(`learning.do.${to}`)}
        </Button>
      ))}
    </Space>
  );
}

/** Card and lineage. */
function Version({ version, modelId }: { version: ModelVersion; modelId: string }) {
  const { t } = useTranslation();
  const file = `/api/cloud/models/${modelId}/versions/${version.version}/file`;
  return (
    <>
      <h3>{t('learning.lineage')}</h3>
      <p>
        {t('learning.artefact')} <HashText hash={version.artefact} />{' '}
        <a href={file} download={version.fileName}>
          {version.fileName}
        </a>
      </p>
      {version.dataHash && (
        <p>
          {t('learning.data')} <HashText hash={version.dataHash} />
        </p>
      )}
      {version.experimentId && (
        <p>
          <Link to={`/learning/experiments/${version.experimentId}?trial=${version.trialId ?? ''}`}>
            {t('learning.fromExperiment')}
          </Link>
        </p>
      )}
      {version.findingId && <EvidenceLink id={version.findingId} />}
      <h3>{t('learning.card')}</h3>
      <Facts value={version.card} />
    </>
  );
}
