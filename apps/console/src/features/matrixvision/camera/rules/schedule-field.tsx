import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Input } from 'antd';
import { useTranslation } from 'react-i18next';
import { TimezoneSelect } from '../../../cloud/timezone-select.tsx';
import styles from '../camera.module.css';

const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
type Day = (typeof days)[number];

interface Window {
  readonly days?: readonly Day[];
  readonly from?: string;
  readonly to?: string;
}

export interface ScheduleValue {
  readonly zone: string;
  readonly windows: readonly Window[];
}

interface ScheduleFieldProps {
  readonly value: ScheduleValue | undefined;
  readonly disabled: boolean;
  readonly label: string;
  onChange(value: ScheduleValue | undefined): void;
}

const hereZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const workdays: Window = { days: ['mon', 'tue', 'wed', 'thu', 'fri'], from: '08:00', to: '18:00' };

/** When a rule is in force: always, or in windows of the week on the clock of a zone. */
export function ScheduleField({ value, disabled, label, onChange }: ScheduleFieldProps) {
  const { t } = useTranslation();
  const set = (index: number, change: Window) =>
    value && onChange({ ...value, windows: value.windows.with(index, { ...value.windows[index], ...change }) });
  const remove = (index: number) => {
    const windows = value?.windows.toSpliced(index, 1) ?? [];
    onChange(value && windows.length > 0 ? { ...value, windows } : undefined);
  };
  return (
    <div className={styles.schedule}>
      <Checkbox
        disabled={disabled}
        checked={!value}
        onChange={(event) => onChange(event.target.checked ? undefined : { zone: hereZone, windows: [workdays] })}
      >
        {t('video.rules.always')}
      </Checkbox>
      {value?.windows.map((window, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: windows have no identity of their own while they are typed.
        <fieldset key={index} className={styles.window}>
          <legend className="visually-hidden">{`${label} ${index + 1}`}</legend>
          <span className={styles.days}>
            {days.map((day) => {
              const chosen = window.days ?? days;
              const isOn = chosen.includes(day);
              return (
                <button
                  key={day}
                  type="button"
                  disabled={disabled}
                  aria-pressed={isOn}
                  onClick={() =>
                    set(index, {
                      days: isOn
                        ? chosen.filter((each) => each !== day)
                        : days.filter((each) => each === day || chosen.includes(each)),
                    })
                  }
                >
                  {t(`video.day.${day}`)}
                </button>
              );
            })}
          </span>
          <span className={styles.clocks}>
            <Input
              size="small"
              disabled={disabled}
              aria-label={t('video.rules.from')}
              value={window.from ?? '00:00'}
              onChange={(event) => set(index, { from: event.target.value })}
            />
            –
            <Input
              size="small"
              disabled={disabled}
              aria-label={t('video.rules.to')}
              value={window.to ?? '24:00'}
              onChange={(event) => set(index, { to: event.target.value })}
            />
            <Button
              type="text"
              size="small"
              disabled={disabled}
              icon={<DeleteOutlined />}
              aria-label={`${t('actions.delete')} ${index + 1}`}
              onClick={() => remove(index)}
            />
          </span>
        </fieldset>
      ))}
      {value && (
        <span className={styles.zone}>
          <Button
            size="small"
            disabled={disabled}
            icon={<PlusOutlined />}
            onClick={() => onChange({ ...value, windows: [...value.windows, workdays] })}
          >
            {t('video.rules.addWindow')}
          </Button>
          <TimezoneSelect value={value.zone} onChange={(zone) => onChange({ ...value, zone })} />
        </span>
      )}
    </div>
  );
}
