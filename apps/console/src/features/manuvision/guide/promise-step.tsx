import { Button, Form, Input, InputNumber, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { Panel } from '../../../components/panel.tsx';
import { partsNeeded } from '../promise/parts-needed.ts';
import { useCreateInspection } from '../shared/use-inspections.ts';
import type { Dataset } from '../types.ts';
import styles from './guide.module.css';
import { type InspectionKind, inspectionKinds, judgesBySettings, needsDefects } from './inspection-kinds.ts';

const offered = [1, 5, 10, 20, 50] as const;

interface Fields {
  readonly name: string;
  readonly kind: InspectionKind;
  /** Not asked for where a kind has no score. */
  readonly promise?: number;
}

/** How many good parts may be rejected by mistake; everything else follows from the pictures. */
export function PromiseStep({ dataset, onBack }: { dataset: Dataset; onBack(): void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const [, setParameters] = useSearchParams();
  const create = useCreateInspection();
  const [form] = Form.useForm<Fields>();
  const promise = Form.useWatch('promise', form) ?? 10;
  const kind = Form.useWatch('kind', form) ?? 'anomaly';
  const begin = async ({ name, kind, promise: asked = 10 }: Fields) => {
    const { id } = await create.mutateAsync({
      ...{ siteId: dataset.siteId, datasetId: dataset.id, name, kind, promise: asked },
    });
    setParameters({ dataset: dataset.id, inspection: id });
  };
  const { good, defects } = dataset.counts;
  const needed = partsNeeded(promise);
  return (
    <Panel title={t('parts.guide.promise.title')}>
      <Form<Fields>
        form={form}
        layout="vertical"
        className={styles.wide!}
        initialValues={{ name: dataset.name, kind: 'anomaly', promise: 10 }}
        // What went wrong is said by the change itself.
        onFinish={(fields) => void begin(fields).catch(() => undefined)}
      >
        <Form.Item name="kind" label={t('parts.kind')}>
          <Radio.Group
            className={styles.kinds!}
            options={inspectionKinds.map((kind) => ({
              value: kind,
              disabled: needsDefects(kind) && defects === 0,
              label: (
                <>
                  {t(`parts.kinds.${kind}.title`)}
                  <span className={styles.kindHint}>{t(`parts.kinds.${kind}.hint`)}</span>
                </>
              ),
            }))}
          />
        </Form.Item>
        {judgesBySettings(kind) ? (
          <p className={styles.told}>{t('parts.guide.promise.bySettings')}</p>
        ) : (
          <>
            <Form.Item label={t('parts.guide.promise.ask')} extra={t('parts.guide.promise.hint')}>
              <Radio.Group
                aria-label={t('parts.guide.promise.ask')}
                optionType="button"
                value={promise}
                onChange={(event) => form.setFieldValue('promise', event.target.value)}
                options={offered.map((n) => ({ value: n, label: format.number(n, 1) }))}
              />
            </Form.Item>
            <Form.Item name="promise" label={t('parts.guide.promise.other')} rules={[{ required: true }]}>
              <InputNumber
                min={0.1}
                max={999}
                step={1}
                suffix={t('parts.promise.per1000Short')}
                style={{ width: 260 }}
              />
            </Form.Item>
            <p className={styles.told} role="status">
              {t(good >= needed ? 'parts.guide.promise.enough' : 'parts.guide.promise.needed', {
                good: format.number(good, 0),
                needed: format.number(needed, 0),
                n: format.number(promise, 1),
              })}
            </p>
          </>
        )}
        <Form.Item name="name" label={t('parts.guide.promise.name')} rules={[{ required: true, max: 100 }]}>
          <Input autoComplete="off" />
        </Form.Item>
        <p className={styles.next}>
          <Button onClick={onBack}>{t('parts.guide.back')}</Button>
          <Button type="primary" htmlType="submit" loading={create.isPending}>
            {t('parts.guide.promise.next')}
          </Button>
        </p>
      </Form>
    </Panel>
  );
}
