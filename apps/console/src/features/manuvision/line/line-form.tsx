import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Checkbox, Form, Input, InputNumber, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFieldErrors } from '../../../components/use-field-errors.ts';
import type { Station } from '../types.ts';
import styles from './line.module.css';
import { fieldsOf, type LineFields, settingsOf } from './line-fields.ts';
import { PlcFields } from './plc-fields.tsx';
import { type Line, useSetLine } from './use-line.ts';

interface LineFormProps {
  readonly station: Station;
  readonly settings: Line['settings'];
  onSaved(): void;
}

const waits = ['pictureMs', 'judgingMs', 'acknowledgeMs', 'releaseMs'] as const;

/** How a station talks with the line: ways, waits, numbers of classes, and out of a fault. */
export function LineForm({ station, settings, onSaved }: LineFormProps) {
  const { t } = useTranslation();
  const [form] = Form.useForm<LineFields>();
  const set = useSetLine(station.id);
  const fieldErrors = useFieldErrors(form);
  const save = async (fields: LineFields) => {
    await set.mutateAsync(settingsOf(fields));
    onSaved();
  };
  const silence = () =>
    set.mutateAsync(null).then(
      onSaved,
      // What went wrong is said by the change itself.
      () => undefined,
    );
  return (
    <Form<LineFields>
      form={form}
      layout="vertical"
      initialValues={fieldsOf(settings)}
      onFinish={(fields) => void save(fields).catch(fieldErrors)}
    >
      <fieldset className={styles.fields}>
        <legend>{t('parts.line.ways')}</legend>
        <Form.Item name="opcua" valuePropName="checked" extra={t('parts.line.opcuaHint')}>
          <Checkbox>OPC UA</Checkbox>
        </Form.Item>
        <Form.Item name="modbusUnit" label={t('parts.line.modbusUnit')} extra={t('parts.line.modbusHint')}>
          <InputNumber min={1} max={247} precision={0} placeholder={t('parts.line.off')} />
        </Form.Item>
        <Form.Item name="mqtt" valuePropName="checked" extra={t('parts.line.mqttHint')}>
          <Checkbox>MQTT</Checkbox>
        </Form.Item>
      </fieldset>
      <PlcFields />
      <fieldset className={styles.fields}>
        <legend>{t('parts.line.course')}</legend>
        <Form.Item name="trigger" label={t('parts.line.begins')}>
          <Radio.Group
            options={(['line', 'picture'] as const).map((value) => ({
              value,
              label: t(`parts.line.trigger.${value}`),
            }))}
          />
        </Form.Item>
        <Form.Item name="acknowledge" valuePropName="checked">
          <Checkbox>{t('parts.line.acknowledge')}</Checkbox>
        </Form.Item>
        {waits.map((name) => (
          <Form.Item key={name} name={name} label={t(`parts.line.waits.${name}`)} rules={[{ required: true }]}>
            <InputNumber min={10} max={600_000} precision={0} suffix="ms" />
          </Form.Item>
        ))}
        <Form.Item name="recovery" label={t('parts.line.recovery')}>
          <Radio.Group
            options={(['reset', 'automatic'] as const).map((value) => ({
              value,
              label: t(`parts.line.recoveries.${value}`),
            }))}
          />
        </Form.Item>
      </fieldset>
      <fieldset className={styles.fields}>
        <legend>{t('parts.line.classes')}</legend>
        <p className="soft">{t('parts.line.classesHint')}</p>
        <Form.List name="classes">
          {(rows, { add, remove }) => (
            <>
              {rows.map(({ key, name }) => (
                <div key={key} className={styles.row}>
                  <Form.Item name={[name, 'name']} noStyle rules={[{ required: true }]}>
                    <Input aria-label={t('parts.line.className')} placeholder={t('parts.line.className')} />
                  </Form.Item>
                  <Form.Item name={[name, 'number']} noStyle rules={[{ required: true }]}>
                    <InputNumber
                      min={1}
                      max={65_534}
                      precision={0}
                      aria-label={t('parts.line.classNumber')}
                      placeholder={t('parts.line.classNumber')}
                    />
                  </Form.Item>
                  <Button
                    type="text"
                    icon={<DeleteOutlined />}
                    aria-label={t('actions.delete')}
                    onClick={() => remove(name)}
                  />
                </div>
              ))}
              <Button icon={<PlusOutlined />} onClick={() => add({})}>
                {t('parts.line.addClass')}
              </Button>
            </>
          )}
        </Form.List>
      </fieldset>
      <p className={styles.actions}>
        <Button type="primary" htmlType="submit" loading={set.isPending}>
          {t('actions.save')}
        </Button>
        {settings && (
          <Button danger disabled={set.isPending} onClick={() => void silence()}>
            {t('parts.line.end')}
          </Button>
        )}
      </p>
    </Form>
  );
}
