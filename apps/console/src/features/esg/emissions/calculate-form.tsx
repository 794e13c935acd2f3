import { Button, Form, Segmented, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSite } from '../../../app/site.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Panel } from '../../../components/panel.tsx';
import { FactorSelect } from '../shared/factor-select.tsx';
import { GridFamilySelect } from '../shared/grid-family-select.tsx';
import { SiteSelect } from '../shared/site-select.tsx';
import { YearSelect } from '../shared/year-select.tsx';
import { lastFullYear } from '../shared/years.ts';
import { type CalculateFields, calculateRequest } from './calculate-request.ts';
import { DayRange } from './day-range.tsx';
import styles from './emissions.module.css';
import { useCalculateInventory } from './use-emissions.ts';

const sources = ['auto', 'entered', 'measured'] as const;

/** Period, sites and factors of an inventory, and the button that calculates and records it. */
export function CalculateForm({ onFigure }: { onFigure(id: string): void }) {
  const { t } = useTranslation();
  const { siteId } = useSite();
  const calculate = useCalculateInventory();
  const [form] = Form.useForm<CalculateFields>();
  const period = Form.useWatch('period', form) ?? 'year';
  const run = (fields: CalculateFields) =>
    calculate.mutate(calculateRequest(fields), { onSuccess: ({ evidence }) => onFigure(evidence) });
  return (
    <Panel title={t('esg.emissions.calculate')}>
      <Form<CalculateFields>
        form={form}
        layout="vertical"
        className={styles.form}
        initialValues={{ period: 'year', year: lastFullYear(), source: 'auto', sites: siteId ? [siteId] : [] }}
        onFinish={run}
      >
        <Form.Item name="period" label={t('esg.period.title')}>
          <Segmented
            aria-label={t('esg.period.title')}
            options={(['year', 'days'] as const).map((value) => ({ value, label: t(`esg.period.${value}`) }))}
          />
        </Form.Item>
        {period === 'year' ? (
          <Form.Item name="year" label={t('esg.year')}>
            <YearSelect />
          </Form.Item>
        ) : (
          <Form.Item name="days" label={t('esg.period.range')} rules={[{ required: true, message: t('esg.missing') }]}>
            <DayRange />
          </Form.Item>
        )}
        <Form.Item name="sites" label={t('esg.sites')} className={styles.wide}>
          <SiteSelect />
        </Form.Item>
        <Form.Item name="source" label={t('esg.source.title')} tooltip={t('esg.source.hint')}>
          <Select
            style={{ minWidth: 150 }}
            popupMatchSelectWidth={false}
            options={sources.map((value) => ({ value, label: t(`esg.source.${value}`) }))}
          />
        </Form.Item>
        <Form.Item
          name="factor"
          label={t('esg.emissions.factor')}
          tooltip={t('esg.emissions.factorHint')}
          className={styles.wide}
        >
          <FactorSelect carrier="electricity" method="location" placeholder={t('esg.factor.usual')} />
        </Form.Item>
        <Form.Item
          name="residualFactor"
          label={t('esg.emissions.residual')}
          tooltip={t('esg.emissions.residualHint')}
          className={styles.wide}
        >
          <FactorSelect carrier="electricity" method="market" placeholder={t('esg.factor.none')} />
        </Form.Item>
        <Form.Item name="family" label={t('esg.gridFamily.title')} tooltip={t('esg.gridFamily.hint')}>
          <GridFamilySelect />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={calculate.isPending} className={styles.submit}>
          {t('esg.emissions.run')}
        </Button>
      </Form>
      {calculate.isPending && <p className="faint">{t('esg.emissions.running')}</p>}
      {calculate.error && <ErrorNotice error={calculate.error} />}
    </Panel>
  );
}
