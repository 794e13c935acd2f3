import { Form, Select } from 'antd';
import type { Field } from './schema-fields.ts';
import { SchemaForm } from './schema-form.tsx';
import styles from './sources.module.css';

interface VariantFieldProps {
  readonly field: Field & { kind: 'variant' };
  readonly path: readonly string[];
  readonly label: string;
}

/** One of several shapes: which one, then the fields of that one. */
export function VariantField({ field, path, label }: VariantFieldProps) {
  const tag = [...path, field.tag];
  const chosen = Form.useWatch(tag);
  const variant = field.variants.find(({ value }) => value === chosen);
  return (
    <fieldset className={styles.group}>
      <legend>{label}</legend>
      <Form.Item name={tag} rules={[{ required: field.required }]}>
        <Select aria-label={label} options={field.variants.map(({ value }) => ({ value, label: value }))} />
      </Form.Item>
      {variant && <SchemaForm fields={variant.fields} path={path} />}
    </fieldset>
  );
}
