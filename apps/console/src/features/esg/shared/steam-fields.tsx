import { Form, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { cleanDecimal } from './decimal.ts';
import styles from './shared.module.css';
import { steamKeys } from './steam-state.ts';

/** What steam it was, so that its mass becomes energy: one of these is enough. */
export function SteamFields() {
  const { t } = useTranslation();
  return (
    <fieldset className={styles.steam}>
      <legend>{t('esg.steam.title')}</legend>
      <p className="soft">{t('esg.steam.hint')}</p>
      <div className={styles.steamFields}>
        {steamKeys.map((key) => (
          <Form.Item
            key={key}
            name={['steam', key]}
            label={t(`esg.steam.${key}`)}
            rules={[
              {
                validator: async (_, value?: string) => {
                  if (value && cleanDecimal(value) === undefined) throw new Error(t('esg.quantityWrong'));
                },
              },
            ]}
          >
            <Input
              inputMode="decimal"
              autoComplete="off"
              placeholder={key === 'feedWaterKJPerKg' ? '83.74' : undefined}
            />
          </Form.Item>
        ))}
      </div>
    </fieldset>
  );
}
