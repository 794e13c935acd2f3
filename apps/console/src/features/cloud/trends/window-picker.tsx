import { DatePicker, Segmented } from 'antd';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import styles from './trends-page.module.css';
import { type TrendWindow, type WindowName, windows } from './window.ts';

interface WindowPickerProps {
  readonly window: TrendWindow;
  onChange(window: TrendWindow): void;
}

const names = Object.keys(windows) as WindowName[];

export function WindowPicker({ window, onChange }: WindowPickerProps) {
  const { t } = useTranslation();
  return (
    <div className={styles.window}>
      <Segmented<WindowName | 'fixed'>
        aria-label={t('cloud.trends.window')}
        value={window.live ?? 'fixed'}
        onChange={(name) =>
          onChange(name === 'fixed' ? { ...window, live: undefined } : { from: 0, to: 0, live: name })
        }
        options={[
          ...names.map((value) => ({ value, label: t(`cloud.trends.windows.${value}`) })),
          { value: 'fixed' as const, label: t('cloud.trends.fixed') },
        ]}
      />
      {!window.live && (
        <DatePicker.RangePicker
          showTime={{ format: 'HH:mm' }}
          format="YYYY-MM-DD HH:mm"
          allowClear={false}
          value={[dayjs(window.from), dayjs(window.to)]}
          onChange={(range) => {
            const [from, to] = range ?? [];
            if (from && to) onChange({ from: from.valueOf(), to: to.valueOf(), live: undefined });
          }}
        />
      )}
    </div>
  );
}
