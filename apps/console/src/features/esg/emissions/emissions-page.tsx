import { CalculatorOutlined, HistoryOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../app/session.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { PageHeader } from '../../../components/page-header.tsx';
import { Splash } from '../../../components/splash.tsx';
import { RestateDrawer } from '../restatements/restate-drawer.tsx';
import { FigurePicker } from '../shared/figure-picker.tsx';
import { useChosenFigure } from '../shared/use-figures.ts';
import { CalculateForm } from './calculate-form.tsx';
import { Calculator } from './calculator.tsx';
import styles from './emissions.module.css';
import { FigureView } from './figure-view.tsx';

const types = ['esg.inventory', 'esg.emissions'] as const;

export function EmissionsPage() {
  const { t } = useTranslation();
  const { may } = useSession();
  const { figures, id, choose } = useChosenFigure(types);
  const [opened, setOpened] = useState<'calculator' | 'restate'>();
  const writes = may('esg.figure.write');
  const close = () => setOpened(undefined);
  const calculator = writes && (
    <Button icon={<CalculatorOutlined />} onClick={() => setOpened('calculator')}>
      {t('esg.calculator.title')}
    </Button>
  );
  return (
    <>
      <PageHeader page="emissions">{calculator}</PageHeader>
      {writes && <CalculateForm onFigure={choose} />}
      <div className={styles.figure}>
        {figures.error && <ErrorNotice error={figures.error} onRetry={() => void figures.refetch()} />}
        {figures.data && figures.data.length > 0 && (
          <FigurePicker figures={figures.data} value={id} onChange={choose}>
            {writes && id && (
              <Button icon={<HistoryOutlined />} onClick={() => setOpened('restate')}>
                {t('esg.restate.button')}
              </Button>
            )}
          </FigurePicker>
        )}
        {figures.isPending && <Splash />}
        {id && <FigureView key={id} id={id} />}
        {figures.data?.length === 0 && !id && (
          <EmptyState title={t('esg.emissions.empty')} text={t('esg.emissions.emptyNext')}>
            {calculator}
          </EmptyState>
        )}
      </div>
      {opened === 'calculator' && (
        <Calculator
          onClose={close}
          onFigure={(figure) => {
            choose(figure);
            close();
          }}
        />
      )}
      {opened === 'restate' && id && <RestateDrawer figure={id} onClose={close} />}
    </>
  );
}
