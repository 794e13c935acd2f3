import { Checkbox, Form, InputNumber } from 'antd';
import { useTranslation } from 'react-i18next';
import styles from './stations.module.css';

/**
 * Which pictures a station keeps: one line a rule, one that wants a picture is enough. Of a new station they are folded: what
 * they are at first is right for most.
 */
export function KeepFields({ isOpen }: { readonly isOpen: boolean }) {
  const { t } = useTranslation();
  const numbers = [
    ['passed', { min: 0, max: 100, suffix: '%' }, true],
    ['near', { min: 0, max: 100, suffix: '%' }, false],
    ['first', { min: 1, max: 100_000, precision: 0 }, false],
    ['days', { min: 0.01, max: 36_500 }, false],
    ['megabytes', { min: 1, max: 100_000_000, suffix: 'MB' }, false],
  ] as const;
  return (
    <details className={styles.keep!} open={isOpen}>
      <summary>
        {t('parts.keep.title')} {!isOpen && <span className="soft">{t('parts.keep.usual')}</span>}
      </summary>
      <p>{t('parts.keep.hint')}</p>
      {(['rejected', 'refused'] as const).map((rule) => (
        <Form.Item key={rule} name={['keep', rule]} valuePropName="checked" noStyle>
          <Checkbox>{t(`parts.keep.${rule}`)}</Checkbox>
        </Form.Item>
      ))}
      {numbers.map(([rule, limits, isNeeded]) => (
        <Form.Item
          key={rule}
          name={['keep', rule]}
          label={t(`parts.keep.${rule}`)}
          layout="horizontal"
          colon={false}
          rules={[{ required: isNeeded }]}
        >
          <InputNumber {...limits} {...(!isNeeded && { placeholder: t('parts.keep.off') })} />
        </Form.Item>
      ))}
    </details>
  );
}
