import { Button, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSite } from '../../../app/site.tsx';
import { Panel } from '../../../components/panel.tsx';
import { useFieldErrors } from '../../../components/use-field-errors.ts';
import { useSites } from '../../cloud/use-plant.ts';
import { useCreateDataset, useDatasets } from '../shared/use-datasets.ts';
import type { NewDataset } from '../types.ts';
import styles from './guide.module.css';

const longestName = 100;

/** Which part, and where it is made. */
export function AboutStep({ onDataset }: { onDataset(id: string): void }) {
  const { t } = useTranslation();
  const { siteId } = useSite();
  const sites = useSites();
  const create = useCreateDataset();
  const datasets = useDatasets().data ?? [];
  const [form] = Form.useForm<NewDataset>();
  const fieldErrors = useFieldErrors(form);
  const first = sites.find(({ id }) => id === siteId) ?? sites[0]!;
  const site = Form.useWatch('siteId', form) ?? first.id;
  const known = datasets.filter((one) => one.siteId === site);
  return (
    <Panel title={t('parts.guide.about.title')}>
      <Form<NewDataset>
        form={form}
        layout="vertical"
        className={styles.form!}
        initialValues={{ siteId: first.id }}
        onFinish={(fields) =>
          void create
            .mutateAsync(fields)
            .then(({ id }) => onDataset(id))
            .catch(fieldErrors)
        }
      >
        <Form.Item
          name="name"
          label={t('parts.guide.about.name')}
          extra={t('parts.guide.about.nameHint')}
          rules={[{ required: true, max: longestName }]}
        >
          <Input autoFocus autoComplete="off" placeholder={t('parts.guide.about.nameExample')} />
        </Form.Item>
        <Form.Item name="siteId" label={t('shell.site')} rules={[{ required: true }]}>
          <Select options={sites.map(({ id, name }) => ({ value: id, label: name }))} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={create.isPending}>
          {t('parts.guide.about.next')}
        </Button>
        {known.length > 0 && (
          <p className={styles.or}>
            {t('parts.guide.about.known')}{' '}
            <Select
              aria-label={t('parts.guide.about.known')}
              placeholder={t('pages.dataset.title')}
              style={{ minWidth: 180 }}
              options={known.map(({ id, name, counts }) => ({ value: id, label: `${name} (${counts.good})` }))}
              onChange={onDataset}
            />
          </p>
        )}
      </Form>
    </Panel>
  );
}
