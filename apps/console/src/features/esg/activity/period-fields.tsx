import { Form, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { YearSelect } from '../shared/year-select.tsx';
import styles from './activity.module.css';
import { monthName } from './month-name.ts';

const months = Array.from({ length: 12 }, (_, index) => index + 1);

/** A whole year, or one month of it. */
export function PeriodFields() {
  const { t, i18n } = useTranslation();
  return (
    <div className={styles.pair}>
      <Form.Item name="year" label={t('esg.year')}>
        <YearSelect />
      </Form.Item>
      <Form.Item name="month" label={t('esg.activity.month')}>
        <Select
          allowClear
          placeholder={t('esg.activity.wholeYear')}
          options={months.map((value) => ({ value, label: monthName(value, i18n.language) }))}
        />
      </Form.Item>
    </div>
  );
}
