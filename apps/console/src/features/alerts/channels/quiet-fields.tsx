import { DeleteOutlined } from '@ant-design/icons';
import { Button, Checkbox, Form, Input, Select, Switch } from 'antd';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../../app/i18n/use-language.ts';
import { TimezoneSelect } from '../../cloud/timezone-select.tsx';
import { usualWindows } from './channel-fields.ts';
import styles from './channels.module.css';

/** On the clock of 24 hours, whatever the browser’s habits: a night must not be half a day off. */
const clock = [{ required: true, pattern: /^([01]\d|2[0-3]):[0-5]\d$/ }];

/** 2024-01-01 was a Monday. */
const dayName = (day: number, language: string) =>
  new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' }).format(new Date(Date.UTC(2024, 0, day)));

/** When a channel keeps still. */
export function QuietFields() {
  const { t } = useTranslation();
  const isQuiet = Form.useWatch<boolean>('isQuiet') ?? false;
  return (
    <>
      <div className={styles.switch}>
        <Form.Item name="isQuiet" valuePropName="checked" noStyle>
          <Switch aria-label={t('alerts.channels.quiet')} />
        </Form.Item>
        <span>{t('alerts.channels.quietHint')}</span>
      </div>
      {isQuiet && (
        <>
          <Windows />
          <Form.Item name={['quiet', 'zone']} label={t('cloud.plant.timezone')} rules={[{ required: true }]}>
            <TimezoneSelect />
          </Form.Item>
          <Form.Item name={['quiet', 'criticalThrough']} valuePropName="checked">
            <Checkbox>{t('alerts.channels.criticalThrough')}</Checkbox>
          </Form.Item>
        </>
      )}
    </>
  );
}

function Windows() {
  const { t } = useTranslation();
  const language = useLanguage();
  const days = [1, 2, 3, 4, 5, 6, 7].map((value) => ({ value, label: dayName(value, language) }));
  return (
    <Form.List name={['quiet', 'windows']}>
      {(rows, { add, remove }) => (
        <>
          {rows.map(({ key, name }) => (
            <div key={key} className={styles.window}>
              <Form.Item name={[name, 'days']} rules={[{ required: true, type: 'array', min: 1 }]}>
                <Select
                  mode="multiple"
                  options={days}
                  aria-label={t('alerts.channels.days', { n: name + 1 })}
                  placeholder={t('alerts.channels.daysHint')}
                />
              </Form.Item>
              <Form.Item name={[name, 'from']} rules={clock}>
                <Input maxLength={5} placeholder="22:00" aria-label={t('alerts.channels.from', { n: name + 1 })} />
              </Form.Item>
              <span>–</span>
              <Form.Item name={[name, 'to']} rules={clock}>
                <Input maxLength={5} placeholder="22:00" aria-label={t('alerts.channels.until', { n: name + 1 })} />
              </Form.Item>
              <Button
                type="text"
                icon={<DeleteOutlined />}
                disabled={rows.length === 1}
                aria-label={t('alerts.channels.dropWindow', { n: name + 1 })}
                onClick={() => remove(name)}
              />
            </div>
          ))}
          <div className={styles.more}>
            <Button size="small" onClick={() => add(usualWindows.night)}>
              {t('alerts.channels.addNight')}
            </Button>
            <Button size="small" onClick={() => add(usualWindows.weekend)}>
              {t('alerts.channels.addWeekend')}
            </Button>
          </div>
        </>
      )}
    </Form.List>
  );
}
