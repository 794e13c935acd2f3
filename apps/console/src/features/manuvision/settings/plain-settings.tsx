import { Checkbox, Collapse, Input, InputNumber, Segmented, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { wordsOf } from '../../../components/fact-shape.ts';
import { JsonField } from '../../cloud/sources/json-field.tsx';
import type { Field } from '../../cloud/sources/schema-fields.ts';
import type { KindSettings } from '../types.ts';
import { settingFields } from './setting-fields.ts';
import styles from './settings.module.css';

/** Those that are met most, to choose from; any other that is known can be typed. */
const symbologies = [
  ...['QRCode', 'DataMatrix', 'Code128', 'EAN13', 'EAN8', 'UPCA', 'Code39', 'Code93', 'ITF', 'Codabar', 'PDF417'],
  ...['Aztec', 'MicroQRCode', 'RMQRCode', 'DataBar', 'MaxiCode'],
].map((value) => ({ value, label: value }));

interface PlainSettingsProps {
  readonly schema: Parameters<typeof settingFields>[0];
  readonly backbones: readonly string[];
  readonly value: KindSettings;
  /** Names of those that say nothing beside the others. */
  readonly idle: readonly string[];
  onChange(value: KindSettings): void;
}

/** The settings that need no picture, from the kind's schema. */
export function PlainSettings({ schema, backbones, value, idle, onChange }: PlainSettingsProps) {
  const { t } = useTranslation();
  const { usual, rare } = settingFields(schema);
  const show = (field: Field) => (
    <SettingField
      key={field.name}
      field={field}
      backbones={backbones}
      value={value[field.name]}
      onChange={(next) => onChange(withSetting(value, field.name, next))}
    />
  );
  return (
    <>
      {usual.filter(({ name }) => !idle.includes(name)).map(show)}
      {rare.length > 0 && (
        <Collapse
          ghost
          size="small"
          items={[
            {
              key: 'rare',
              label: t('parts.settings.more'),
              children: <div className={styles.side}>{rare.map(show)}</div>,
            },
          ]}
        />
      )}
    </>
  );
}

/** Left out where nothing was said: the kind then takes its default. */
export function withSetting(settings: KindSettings, name: string, value: unknown): KindSettings {
  const { [name]: _, ...rest } = settings;
  return value === undefined || value === null || value === '' ? rest : { ...rest, [name]: value };
}

interface SettingFieldProps {
  readonly field: Field;
  readonly backbones: readonly string[];
  readonly value: unknown;
  onChange(value: unknown): void;
}

function SettingField({ field, backbones, value, onChange }: SettingFieldProps) {
  const { t, i18n } = useTranslation();
  const label = i18n.exists(`parts.setting.${field.name}`) ? t(`parts.setting.${field.name}`) : wordsOf(field.name);
  const words = (choice: string) =>
    i18n.exists(`parts.choice.${field.name}.${choice}`) ? t(`parts.choice.${field.name}.${choice}`) : choice;
  if (field.kind === 'group') {
    const group = (value as KindSettings | undefined) ?? {};
    return (
      <div className={styles.field}>
        <span>{label}</span>
        <div className={styles.pair}>
          {field.fields.map((inner) => (
            <SettingField
              key={inner.name}
              field={inner}
              backbones={backbones}
              value={group[inner.name]}
              onChange={(next) => {
                const changed = withSetting(group, inner.name, next);
                onChange(Object.keys(changed).length > 0 ? changed : undefined);
              }}
            />
          ))}
        </div>
      </div>
    );
  }
  if (field.kind === 'boolean')
    return (
      <Checkbox checked={Boolean(value ?? field.default)} onChange={(event) => onChange(event.target.checked)}>
        {label}
      </Checkbox>
    );
  return (
    <div className={styles.field}>
      <span>{label}</span>
      {controlOf(
        field,
        value ?? field.default,
        label,
        words,
        field.name === 'backbone' ? backbones : undefined,
        onChange,
      )}
    </div>
  );
}

function controlOf(
  ...[field, value, label, words, names, onChange]: [
    field: Field,
    value: unknown,
    label: string,
    words: (choice: string) => string,
    names: readonly string[] | undefined,
    onChange: (value: unknown) => void,
  ]
): ReactNode {
  if (names)
    return (
      <Select
        aria-label={label}
        value={value as string}
        options={names.map((name) => ({ value: name, label: name }))}
        onChange={onChange}
      />
    );
  switch (field.kind) {
    case 'number':
      return (
        <InputNumber
          aria-label={label}
          value={value as number | null}
          min={field.minimum}
          max={field.maximum}
          precision={field.whole ? 0 : undefined}
          step={field.whole || (field.maximum ?? 100) > 5 ? 1 : 0.05}
          onChange={onChange}
          style={{ width: '100%' }}
        />
      );
    case 'choice':
      return (
        <Segmented
          aria-label={label}
          block
          value={String(value)}
          options={field.choices.map((choice) => ({ value: choice, label: words(choice) }))}
          onChange={onChange}
        />
      );
    case 'words':
      return (
        <Select
          mode="tags"
          {...(field.name === 'formats' ? { options: symbologies } : { open: false, suffixIcon: null })}
          tokenSeparators={[',', ' ']}
          aria-label={label}
          value={(value as string[] | undefined) ?? []}
          onChange={onChange}
        />
      );
    case 'text':
    case 'secret':
      return (
        <Input
          aria-label={label}
          value={(value as string | null) ?? ''}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    default:
      return <JsonField value={value} onChange={onChange} />;
  }
}
