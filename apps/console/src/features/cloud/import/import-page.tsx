import { Button, Steps } from 'antd';
import { useTranslation } from 'react-i18next';
import { PageHeader } from '../../../components/page-header.tsx';
import { FileStep } from './file-step.tsx';
import styles from './import-page.module.css';
import { JobStep } from './job-step.tsx';
import { MappingStep } from './mapping-step.tsx';
import { RecentImports } from './recent-imports.tsx';
import { useImportWizard } from './use-import-wizard.ts';

/** A file becomes readings: choose it, look at how it will be read, correct that, import, and see what became of every row. */
export function ImportPage() {
  const { t } = useTranslation();
  const wizard = useImportWizard();
  const { step, inspected, jobId } = wizard;
  return (
    <>
      <PageHeader page="import">
        {step > 0 && <Button onClick={wizard.restart}>{t('cloud.import.another')}</Button>}
      </PageHeader>
      <Steps
        className={styles.steps}
        size="small"
        current={step}
        items={(['file', 'mapping', 'result'] as const).map((key) => ({ title: t(`cloud.import.steps.${key}`) }))}
      />
      {step === 0 && <FileStep wizard={wizard} />}
      {step === 1 && inspected && (
        <MappingStep wizard={wizard} inspection={inspected.inspection} mapping={inspected.mapping} />
      )}
      {jobId && <JobStep jobId={jobId} />}
      {step === 0 && <RecentImports />}
    </>
  );
}
