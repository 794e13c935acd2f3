import { InboxOutlined } from '@ant-design/icons';
import { Button, Form, Input, Progress, Select, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useFormat } from '../../../app/i18n/use-format.ts';
import { useSite } from '../../../app/site.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { Panel } from '../../../components/panel.tsx';
import { TimezoneSelect } from '../timezone-select.tsx';
import { useSites, useTree } from '../use-plant.ts';
import styles from './import-page.module.css';
import type { Target, useImportWizard } from './use-import-wizard.ts';

/** Which file, and where its readings belong. */
export function FileStep({ wizard }: { wizard: ReturnType<typeof useImportWizard> }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { siteId } = useSite();
  const sites = useSites();
  const tree = useTree();
  const [form] = Form.useForm<Target>();
  const [file, setFile] = useState<File>();
  if (!tree.data) return null;
  if (sites.length === 0)
    return (
      <EmptyState title={t('cloud.import.noSite')} text={t('cloud.import.noSiteNext')}>
        <Link to="/plant">{t('pages.plant.title')}</Link>
      </EmptyState>
    );
  const first = sites.find(({ id }) => id === siteId) ?? sites[0]!;
  const choose = (chosen: File) => {
    setFile(chosen);
    form.setFieldValue('source', chosen.name.replace(/\.[^.]+$/, ''));
  };
  const { look, progress } = wizard;
  return (
    <Panel>
      <Form<Target>
        form={form}
        layout="vertical"
        className={styles.start}
        initialValues={{ site: first.id, timezone: first.timezone ?? 'UTC' }}
        onValuesChange={({ site }: Partial<Target>) => {
          const zone = sites.find(({ id }) => id === site)?.timezone;
          if (zone) form.setFieldValue('timezone', zone);
        }}
        onFinish={(target) => file && look.mutate({ file, target })}
      >
        <div className={styles.drop}>
          <Upload.Dragger
            accept=".csv,.tsv,.txt,.xlsx"
            showUploadList={false}
            beforeUpload={(chosen) => {
              choose(chosen);
              return false;
            }}
          >
            <p style={{ fontSize: 30 }}>
              <InboxOutlined />
            </p>
            <p>
              <strong>{file?.name ?? t('cloud.import.drop')}</strong>
            </p>
            <p className="faint">{file ? format.bytes(file.size) : t('cloud.import.dropHint')}</p>
          </Upload.Dragger>
        </div>
        <div>
          <Form.Item name="site" label={t('shell.site')}>
            <Select options={sites.map(({ id, name }) => ({ value: id, label: name }))} />
          </Form.Item>
          <Form.Item
            name="source"
            label={t('cloud.points.source')}
            extra={t('cloud.import.sourceHint')}
            rules={[{ required: true }]}
          >
            <Input />
          </Form.Item>
          <Form.Item name="timezone" label={t('cloud.plant.timezone')} extra={t('cloud.import.timezoneHint')}>
            <TimezoneSelect />
          </Form.Item>
          {look.error && <ErrorNotice error={look.error} />}
          <Button type="primary" htmlType="submit" disabled={!file} loading={look.isPending}>
            {t('cloud.import.look')}
          </Button>
          {progress !== undefined && (
            <div className={styles.progress}>
              <Progress percent={Math.floor(progress * 100)} size="small" />
              <Button size="small" onClick={wizard.restart}>
                {t('actions.cancel')}
              </Button>
            </div>
          )}
        </div>
      </Form>
    </Panel>
  );
}
