import { Button, Drawer, Form, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSite } from '../../../app/site.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { FactorSelect } from '../shared/factor-select.tsx';
import { GridFamilySelect } from '../shared/grid-family-select.tsx';
import { SiteSelect } from '../shared/site-select.tsx';
import { YearSelect } from '../shared/year-select.tsx';
import { lastFullYear } from '../shared/years.ts';
import type { KpiDatabaseRequest } from '../types.ts';
import { useKpiFromDatabase } from './use-kpi.ts';

const sources = ['auto', 'entered', 'measured'] as const;
const recalculations = ['own', 'current'] as const;

/** A table from meters, statements and certificates. */
export function KpiDatabaseForm({ onClose, onFigure }: { onClose(): void; onFigure(id: string): void }) {
  const { t } = useTranslation();
  const { siteId } = useSite();
  const make = useKpiFromDatabase();
  const run = ({ sites, ...fields }: KpiDatabaseRequest) =>
    make.mutate(
      { ...fields, ...(sites && sites.length > 0 && { sites }) },
      {
        onSuccess: ({ evidence }) => {
          onFigure(evidence);
          onClose();
        },
      },
    );
  return (
    <Drawer open size={460} title={t('esg.kpi.fromDatabase')} onClose={onClose}>
      <Form<KpiDatabaseRequest>
        layout="vertical"
        initialValues={{
          year: lastFullYear(),
          sites: siteId ? [siteId] : [],
          source: 'auto',
          recalculatePreviousYearWith: 'own',
        }}
        onFinish={run}
      >
        <Form.Item name="year" label={t('esg.kpi.reportingYear')}>
          <YearSelect />
        </Form.Item>
        <Form.Item name="sites" label={t('esg.sites')}>
          <SiteSelect />
        </Form.Item>
        <Form.Item name="source" label={t('esg.source.title')} extra={t('esg.source.hint')}>
          <Select options={sources.map((value) => ({ value, label: t(`esg.source.${value}`) }))} />
        </Form.Item>
        <Form.Item name="factor" label={t('esg.emissions.factor')} extra={t('esg.emissions.factorHint')}>
          <FactorSelect carrier="electricity" method="location" placeholder={t('esg.factor.usual')} />
        </Form.Item>
        <Form.Item name="previousFactor" label={t('esg.kpi.previousFactor')}>
          <FactorSelect carrier="electricity" method="location" placeholder={t('esg.kpi.sameFactor')} />
        </Form.Item>
        <Form.Item name="family" label={t('esg.gridFamily.title')} extra={t('esg.gridFamily.hint')}>
          <GridFamilySelect />
        </Form.Item>
        <Form.Item name="residualFactor" label={t('esg.emissions.residual')} extra={t('esg.emissions.residualHint')}>
          <FactorSelect carrier="electricity" method="market" placeholder={t('esg.factor.none')} />
        </Form.Item>
        <Form.Item name="recalculatePreviousYearWith" label={t('esg.kpi.recalculate.title')}>
          <Select options={recalculations.map((value) => ({ value, label: t(`esg.kpi.recalculate.${value}`) }))} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={make.isPending}>
          {t('esg.kpi.make')}
        </Button>
      </Form>
      {make.isPending && <p className="faint">{t('esg.emissions.running')}</p>}
      {make.error && <ErrorNotice error={make.error} />}
    </Drawer>
  );
}
