import { Checkbox, Form, Input, InputNumber, Select } from 'antd';
import type { ReactNode } from 'react';
import { JsonField } from './json-field.tsx';
import { RowsField } from './rows-field.tsx';
import { type Field, withoutEmpty } from './schema-fields.ts';
import styles from './sources.module.css';
import { useSettingName } from './use-setting-name.ts';
import { VariantField } from './variant-field.tsx';

interface SchemaFormProps {
  readonly fields: readonly Field[];
  /** Where the values stand in the form. */
  readonly path: readonly string[];
  /** They stand in a group that may be left out whole: what it requires is required once something of it is filled in. */
  readonly isOptional?: boolean;
}

/** Form fields for settings that the server describes. */
export function SchemaForm({ fields, path, isOptional = false }: SchemaFormProps) {
  const settingName = useSettingName();
  return fields.map((field): ReactNode => {
    const name = [...path, field.name];
    const label = settingName(field.name);
    if (field.kind === 'group')
      return (
        <fieldset key={field.name} className={styles.group}>
          <legend>{label}</legend>
          <SchemaForm fields={field.fields} path={name} isOptional={!field.required} />
        </fieldset>
      );
    if (field.kind === 'variant') return <VariantField key={field.name} field={field} path={name} label={label} />;
    return (
      <Form.Item
        key={field.name}
        name={name}
        label={field.kind === 'boolean' ? undefined : label}
        extra={field.hint}
        rules={[
          isOptional
            ? (form) => ({ required: field.required && withoutEmpty(form.getFieldValue([...path])) !== undefined })
            : { required: field.required },
        ]}
        valuePropName={field.kind === 'boolean' ? 'checked' : 'value'}
      >
        {control(field, label)}
      </Form.Item>
    );
  });
}

function control(field: Field, label: string): ReactNode {
  switch (field.kind) {
    case 'number':
      return (
        <InputNumber
          min={field.minimum}
          max={field.maximum}
          precision={field.whole ? 0 : undefined}
          style={{ width: '100%' }}
        />
      );
    case 'choice':
      return <Select allowClear={!field.required} options={field.choices.map((value) => ({ value, label: value }))} />;
    case 'boolean':
      return <Checkbox>{label}</Checkbox>;
    case 'words':
      return <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={[',', ' ']} />;
    case 'rows':
      return <RowsField fields={field.fields} isRegisterMap={field.name === 'registers'} />;
    case 'json':
      return <JsonField />;
    case 'secret':
      return <Input.Password autoComplete="new-password" />;
    default:
      return <Input autoComplete="off" />;
  }
}
