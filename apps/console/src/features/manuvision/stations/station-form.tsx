import { Button, Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useFieldErrors } from '../../../components/use-field-errors.ts';
import { useVersions } from '../shared/use-inspections.ts';
import { useChangeStation, useCreateStation } from '../shared/use-stations.ts';
import type { Inspection, Station } from '../types.ts';
import { KeepFields } from './keep-fields.tsx';
import { SourceFields } from './source-fields.tsx';
import { fieldsOf, type StationFields, settingsOf } from './station-fields.ts';
import styles from './stations.module.css';

interface StationFormProps {
  /** What it judges by. */
  readonly inspection: Pick<Inspection, 'id' | 'siteId' | 'name'>;
  readonly version: number;
  /** To be changed; left out for a new one. */
  readonly station?: Station;
  onSaved(station: Station): void;
}

/** A place at the line: its name, the version it judges by, and which pictures it keeps. */
export function StationForm({ inspection, version, station, onSaved }: StationFormProps) {
  const { t } = useTranslation();
  const versions = useVersions(inspection.id).data ?? [];
  const create = useCreateStation();
  const change = useChangeStation(station?.id ?? '');
  const [form] = Form.useForm<StationFields>();
  const fieldErrors = useFieldErrors(form);
  const save = async (fields: StationFields) => {
    const body = { inspectionId: inspection.id, ...settingsOf(fields) };
    onSaved(
      station ? await change.mutateAsync(body) : await create.mutateAsync({ siteId: inspection.siteId, ...body }),
    );
  };
  return (
    <Form<StationFields>
      form={form}
      layout="vertical"
      className={station ? '' : styles.form!}
      initialValues={fieldsOf(station, { name: inspection.name, version })}
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
      <SourceFields siteId={inspection.siteId} />
      <KeepFields isOpen={station !== undefined} />
      <Button type="primary" htmlType="submit" loading={create.isPending || change.isPending}>
        {t(station ? 'actions.save' : 'parts.station.create')}
      </Button>
    </Form>
  );
}
