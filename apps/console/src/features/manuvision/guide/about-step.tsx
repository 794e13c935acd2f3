import { Button, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useSite } from '../../../app/site.tsx';
import { Panel } from '../../../components/panel.tsx';
import { useFieldErrors } from '../../../components/use-field-errors.ts';
import { useCreateNode, useSites } from '../../cloud/use-plant.ts';
import { useCreateDataset, useDatasets } from '../shared/use-datasets.ts';
import styles from './guide.module.css';

const longestName = 100;

interface Fields {
  readonly name: string;
  readonly siteId?: string;
  /** Where there is no site yet: the one to make. */
  readonly siteName?: string;
}

const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Which part, and where it is made. */
export function AboutStep({ onDataset }: { onDataset(id: string): void }) {
  const { t } = useTranslation();
  const { siteId } = useSite();
  const sites = useSites();
  const createSite = useCreateNode();
  const create = useCreateDataset();
  const datasets = useDatasets().data ?? [];
  const [form] = Form.useForm<Fields>();
  const fieldErrors = useFieldErrors(form);
  const first = sites.find(({ id }) => id === siteId) ?? sites[0];
  const site = Form.useWatch('siteId', form) ?? first?.id;
  const known = datasets.filter((one) => one.siteId === site);
  const begin = async ({ name, siteId: chosen, siteName }: Fields) => {
    const at =
      chosen ??
      (await createSite.mutateAsync({ kind: 'site', name: siteName!, parentId: null, timezone: ownZone() })).id;
    onDataset((await create.mutateAsync({ name, siteId: at })).id);
  };
  return (
    <Panel title={t('parts.guide.about.title')}>
      <Form<Fields>
        form={form}
        layout="vertical"
        className={styles.form!}
        initialValues={{ siteId: first?.id }}
        onFinish={(fields) => void begin(fields).catch(fieldErrors)}
      >
        <Form.Item
          name="name"
          label={t('parts.guide.about.name')}
          extra={t('parts.guide.about.nameHint')}
          rules={[{ required: true, max: longestName }]}
        >
          <Input autoFocus autoComplete="off" placeholder={t('parts.guide.about.nameExample')} />
        </Form.Item>
        {sites.length === 0 ? (
          <Form.Item
            name="siteName"
            label={t('parts.guide.about.newSite')}
            extra={t('parts.guide.about.newSiteHint')}
            rules={[{ required: true, max: 200 }]}
          >
            <Input autoComplete="off" placeholder={t('parts.guide.about.newSiteExample')} />
          </Form.Item>
        ) : (
          <Form.Item name="siteId" label={t('shell.site')} rules={[{ required: true }]}>
            <Select options={sites.map(({ id, name }) => ({ value: id, label: name }))} />
          </Form.Item>
        )}
        <Button type="primary" htmlType="submit" loading={createSite.isPending || create.isPending}>
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
