import { Button, Drawer, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { cleanDecimal } from '../shared/decimal.ts';
import { FactorSelect } from '../shared/factor-select.tsx';
import { CalculatorResult } from './calculator-result.tsx';
import { useCalculateEmissions } from './use-emissions.ts';

interface Fields {
  quantity: string;
  unit: string;
  factor?: string;
}

const units = ['kWh', 'MWh', 'GWh'];

/** Purchased electricity to tonnes, with evidence like every other figure. */
export function Calculator({ onClose, onFigure }: { onClose(): void; onFigure(id: string): void }) {
  const { t } = useTranslation();
  const calculate = useCalculateEmissions();
  const run = ({ quantity, unit, factor }: Fields) => {
    const line = { kind: 'electricity' as const, id: 'electricity', quantity: cleanDecimal(quantity)!, unit };
    calculate.mutate({ lines: [factor ? { ...line, factor } : line] });
  };
  return (
    <Drawer open size={460} title={t('esg.calculator.title')} onClose={onClose}>
      <p className="soft">{t('esg.calculator.hint')}</p>
      <Form<Fields> layout="vertical" initialValues={{ unit: 'MWh' }} onFinish={run} style={{ marginTop: 16 }}>
        <Form.Item
          name="quantity"
          label={t('esg.calculator.electricity')}
          rules={[
            { required: true, message: t('esg.missing') },
            {
              validator: async (_, value: string) => {
                if (value && cleanDecimal(value) === undefined) throw new Error(t('esg.quantityWrong'));
              },
            },
          ]}
        >
          <Input
            autoFocus
            inputMode="decimal"
            autoComplete="off"
            suffix={
              <Form.Item name="unit" noStyle>
                <Select
                  variant="borderless"
                  size="small"
                  aria-label={t('esg.unit')}
                  options={units.map((value) => ({ value, label: value }))}
                  popupMatchSelectWidth={false}
                />
              </Form.Item>
            }
          />
        </Form.Item>
        <Form.Item name="factor" label={t('esg.factor.title')}>
          <FactorSelect carrier="electricity" method="location" placeholder={t('esg.factor.usual')} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={calculate.isPending}>
          {t('esg.calculator.run')}
        </Button>
      </Form>
      {calculate.error && <ErrorNotice error={calculate.error} />}
      {calculate.data && <CalculatorResult answer={calculate.data} onFigure={onFigure} />}
    </Drawer>
  );
}
