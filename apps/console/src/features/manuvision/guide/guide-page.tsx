import { Steps } from 'antd';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../app/session.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { Splash } from '../../../components/splash.tsx';
import { useParameter } from '../../../components/use-parameter.ts';
import { useSites, useTree } from '../../cloud/use-plant.ts';
import { useDataset } from '../shared/use-datasets.ts';
import { useInspection, useVersions } from '../shared/use-inspections.ts';
import { AboutStep } from './about-step.tsx';
import styles from './guide.module.css';
import { type GuideStep, guideSteps, stepOf } from './guide-steps.ts';
import { judgesBySettings } from './inspection-kinds.ts';
import { PicturesStep } from './pictures-step.tsx';
import { PromiseStep } from './promise-step.tsx';
import { StationStep } from './station-step.tsx';
import { TrainStep } from './train-step.tsx';

/** Each step begins at its top, wherever the one before was left. */
function FromTop() {
  useEffect(() => {
    document.getElementById('content')?.scrollTo({ top: 0 });
  }, []);
  return null;
}

/** From a folder of good pictures to a running station; where one is on the way stands in the address. */
export function GuidePage() {
  const { t } = useTranslation();
  const { may } = useSession();
  const [datasetId, setDataset] = useParameter('dataset');
  const [inspectionId] = useParameter('inspection');
  const [asked, setStep] = useParameter('step');
  const tree = useTree();
  const sites = useSites();
  const dataset = useDataset(datasetId);
  const inspection = useInspection(inspectionId);
  const versions = useVersions(inspectionId);
  const error = dataset.error ?? inspection.error ?? versions.error;
  if (error) return <ErrorNotice error={error} page />;
  if (!tree.data || dataset.isLoading || inspection.isLoading || versions.isLoading) return <Splash />;
  const version = versions.data?.[0];
  const step = stepOf({
    hasDataset: dataset.data !== undefined,
    hasInspection: inspection.data !== undefined,
    isTrained: version !== undefined,
    asked,
  });
  const isTold = inspection.data !== undefined && judgesBySettings(inspection.data.kind);
  const show = (next: GuideStep | undefined) => setStep(next);
  return (
    <>
      <PageHeader page="inspection-new" />
      <FromTop key={step} />
      <Steps
        size="small"
        className={styles.steps!}
        current={guideSteps.indexOf(step)}
        items={guideSteps.map((one) => ({
          title: t(one === 'train' && isTold ? 'parts.settings.title' : `parts.guide.${one}.title`),
        }))}
      />
      {sites.length === 0 && !may('cloud.plant.write') ? (
        <EmptyState title={t('home.first.title')} text={t('home.first.noRights')} />
      ) : step === 'about' ? (
        <AboutStep onDataset={setDataset} />
      ) : step === 'pictures' ? (
        <PicturesStep dataset={dataset.data!} onNext={() => show('promise')} />
      ) : step === 'promise' ? (
        <PromiseStep dataset={dataset.data!} onBack={() => show(undefined)} />
      ) : step === 'train' ? (
        <TrainStep inspection={inspection.data!} />
      ) : (
        <StationStep inspection={inspection.data!} version={version!} />
      )}
    </>
  );
}
