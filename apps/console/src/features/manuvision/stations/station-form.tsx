import { Button, Form, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFieldErrors } from '../../../components/use-field-errors.ts';
import { useVersions } from '../shared/use-inspections.ts';
import { useChangeStation, useCreateStation } from '../shared/use-stations.ts';
import type { Inspection, Station } from '../types.ts';
import styles from './stations.module.css';

interface Fields {
  readonly name: string;
  readonly version: number;
  /** Percent. */
  readonly keepPassed: number;
  readonly folder: string;
}

interface StationFormProps {
  /** What it judges by. */
  readonly inspection: Pick<Inspection, 'id' | 'siteId' | 'name'>;
  readonly version: number;
  /** To be changed; left out for a new one. */
  readonly station?: Station;
  onSaved(station: Station): void;
}

/** A place at the line: its name, the version it judges by, and how many pictures of passed parts it keeps. */
export function StationForm({ inspection, version, station, onSaved }: StationFormProps) {
  const { t } = useTranslation();
  const versions = useVersions(inspection.id).data ?? [];
  const create = useCreateStation();
  const change = useChangeStation(station?.id ?? '');
  const [form] = Form.useForm<Fields>();
  const fieldErrors = useFieldErrors(form);
  const save = async ({ name, version: judgedBy, keepPassed, folder }: Fields) => {
    const body = {
      ...{ name, inspectionId: inspection.id, version: judgedBy, keepPassed: keepPassed / 100 },
      folder: folder.trim() || null,
    };
    onSaved(
      station ? await change.mutateAsync(body) : await create.mutateAsync({ siteId: inspection.siteId, ...body }),
    );
  };
  return (
    <Form<Fields>
      form={form}
      layout="vertical"
      className={station ? '' : styles.form!}
      initialValues={{
        ...{ name: station?.name ?? inspection.name, version },
        ...{ keepPassed: (station?.keepPassed ?? 0.01) * 100, folder: station?.folder ?? '' },
      }}
      onFinish={(fields) => void save(fields).catch(fieldErrors)}
    >
      <Form.Item name="name" label={t('parts.station.name')} rules={[{ required: true, max: 100 }]}>
        <Input autoComplete="off" />
      </Form.Item>
      <Form.Item name="version" label={t('parts.version')} rules={[{ required: true }]}>
        <Select
          options={(versions.length > 0 ? versions.map((one) => one.version) : [version]).map((n) => ({
            value: n,
            label: t('parts.versionNumber', { n }),
          }))}
        />
      </Form.Item>
      <Form.Item
        name="keepPassed"
        label={t('parts.station.keepPassed')}
        tooltip={t('parts.station.keepPassedHint')}
        rules={[{ required: true }]}
      >
        <InputNumber min={0} max={100} suffix="%" />
      </Form.Item>
      <Form.Item
        name="folder"
        label={t('parts.station.folder')}
        extra={t('parts.station.folderHint')}
        className={styles.folder!}
      >
        <Input autoComplete="off" maxLength={1000} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={create.isPending || change.isPending}>
        {t(station ? 'actions.save' : 'parts.station.create')}
      </Button>
    </Form>
  );
}
