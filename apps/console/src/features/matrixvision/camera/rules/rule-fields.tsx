import { Checkbox, Collapse, Input, InputNumber, Segmented, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNote } from '../../../../app/i18n/use-note.ts';
import { JsonField } from '../../../cloud/sources/json-field.tsx';
import type { Field } from '../../../cloud/sources/schema-fields.ts';
import { LabelSelect } from '../../shared/label-select.tsx';
import styles from '../camera.module.css';
import { AttributeSelect } from './attribute-select.tsx';
import type { DraftRule, RuleProblem } from './draft.ts';
import { formOfKind } from './rule-schema.ts';
import { ScheduleField, type ScheduleValue } from './schedule-field.tsx';
import { useRuleWords } from './use-rule-words.ts';

/** Lists of what a detector names. */
const labelLists = new Set(['classes', 'vehicles']);
/** Most rules do well with what these begin with. */
const seldom = new Set(['id', 'minimumScore', 'anchor', 'hysteresis', 'grace']);
const firstOnes = ['name', 'classes', 'severity', 'dwell', 'cooldown'];

interface RuleFieldsProps {
  readonly rule: DraftRule;
  readonly problems: readonly RuleProblem[];
  readonly disabled: boolean;
  onChange(field: string, value: unknown): void;
}

/** The form of one rule, drawn from the schema of its kind. */
export function RuleFields({ rule, problems, disabled, onChange }: RuleFieldsProps) {
  const { t } = useTranslation();
  const { fields = [], choices = {} } = formOfKind(rule.kind) ?? {};
  const order = ({ name }: Field) => (firstOnes.includes(name) ? firstOnes.indexOf(name) : firstOnes.length);
  const often = fields.filter(({ name }) => !seldom.has(name)).sort((a, b) => order(a) - order(b));
  const rare = fields.filter(({ name }) => seldom.has(name));
  const isTroubled = rare.some(({ name }) => problems.some(({ field }) => field === name));
  const show = (field: Field) => (
    <RuleField
      key={field.name}
      field={field}
      choices={choices[field.name]}
      value={rule[field.name]}
      problems={problems.filter((problem) => problem.field === field.name)}
      disabled={disabled}
      onChange={(value) => onChange(field.name, value)}
    />
  );
  return (
    <>
      {often.map(show)}
      <Collapse
        ghost
        size="small"
        defaultActiveKey={isTroubled ? ['rare'] : []}
        items={[{ key: 'rare', label: t('video.rules.more'), children: rare.map(show) }]}
      />
    </>
  );
}

interface RuleFieldProps {
  readonly field: Field;
  /** Where its entries are among given ones. */
  readonly choices?: readonly string[] | undefined;
  readonly value: unknown;
  readonly problems: readonly RuleProblem[];
  readonly disabled: boolean;
  onChange(value: unknown): void;
}

function RuleField({ field, choices, value, problems, disabled, onChange }: RuleFieldProps) {
  const words = useRuleWords();
  const say = useNote();
  const label = words.field(field.name);
  const hint = words.fieldHint(field.name);
  const control = controlOf({ field, choices, value: value ?? field.default, disabled, onChange, label, words });
  return (
    <div className={styles.field} data-wrong={problems.length > 0}>
      {field.kind !== 'boolean' && (
        <span className={styles.label} title={hint}>
          {label}
        </span>
      )}
      {control}
      {problems.map(({ note }) => (
        <p key={note.path + note.code} className={styles.problem} role="alert">
          {say(note)}
        </p>
      ))}
      {hint && problems.length === 0 && <p className={styles.hint}>{hint}</p>}
    </div>
  );
}

interface ControlProps {
  readonly field: Field;
  readonly choices: readonly string[] | undefined;
  readonly value: unknown;
  readonly disabled: boolean;
  readonly label: string;
  readonly words: ReturnType<typeof useRuleWords>;
  onChange(value: unknown): void;
}

function controlOf({ field, choices, value, disabled, label, words, onChange }: ControlProps): ReactNode {
  const { name } = field;
  if (labelLists.has(name))
    return (
      <LabelSelect value={value as string[] | undefined} onChange={onChange} disabled={disabled} ariaLabel={label} />
    );
  if (name === 'attribute')
    return (
      <AttributeSelect value={value as string | undefined} onChange={onChange} disabled={disabled} label={label} />
    );
  if (name === 'schedule')
    return (
      <ScheduleField value={value as ScheduleValue | undefined} onChange={onChange} disabled={disabled} label={label} />
    );
  switch (field.kind) {
    case 'number':
      return (
        <InputNumber
          aria-label={label}
          disabled={disabled}
          value={value as number | undefined}
          precision={field.whole ? 0 : undefined}
          step={field.whole || (field.maximum ?? 100) > 5 ? 1 : 0.05}
          onChange={(next) => onChange(next ?? undefined)}
          style={{ width: '100%' }}
        />
      );
    case 'choice':
      return field.choices.length <= 4 ? (
        <Segmented
          block
          size="small"
          disabled={disabled}
          aria-label={label}
          value={String(value)}
          onChange={onChange}
          options={field.choices.map((choice) => ({ value: choice, label: words.choice(name, choice) }))}
        />
      ) : (
        <Select
          aria-label={label}
          disabled={disabled}
          value={value as string}
          onChange={onChange}
          options={field.choices.map((choice) => ({ value: choice, label: words.choice(name, choice) }))}
          style={{ width: '100%' }}
        />
      );
    case 'boolean':
      return (
        <Checkbox disabled={disabled} checked={Boolean(value)} onChange={(event) => onChange(event.target.checked)}>
          {label}
        </Checkbox>
      );
    case 'words':
      return (
        <Select
          mode={choices ? 'multiple' : 'tags'}
          {...(choices
            ? { options: choices.map((choice) => ({ value: choice, label: words.choice(name, choice) })) }
            : { open: false, suffixIcon: null })}
          aria-label={label}
          disabled={disabled}
          value={(value as string[] | undefined) ?? []}
          onChange={(list: string[]) => onChange(list.length > 0 ? list : undefined)}
          style={{ width: '100%' }}
        />
      );
    case 'text':
    case 'secret':
      return (
        <Input
          aria-label={label}
          disabled={disabled}
          value={value as string | undefined}
          onChange={(event) => onChange(event.target.value)}
        />
      );
    case 'group':
      return (
        <GroupField fields={field.fields} value={value as Group | undefined} disabled={disabled} onChange={onChange} />
      );
    default:
      return <JsonField value={value} onChange={onChange} />;
  }
}

type Group = Readonly<Record<string, unknown>>;

interface GroupFieldProps {
  readonly fields: readonly Field[];
  readonly value: Group | undefined;
  readonly disabled: boolean;
  onChange(value: Group | undefined): void;
}

/** Fields that belong together; left out whole while none of them is filled in. */
function GroupField({ fields, value, disabled, onChange }: GroupFieldProps) {
  return (
    <div className={styles.group}>
      {fields.map((field) => (
        <RuleField
          key={field.name}
          field={field}
          value={value?.[field.name]}
          problems={[]}
          disabled={disabled}
          onChange={(next) => {
            const { [field.name]: _, ...rest } = value ?? {};
            const group = next === undefined ? rest : { ...rest, [field.name]: next };
            onChange(Object.keys(group).length > 0 ? group : undefined);
          }}
        />
      ))}
    </div>
  );
}
