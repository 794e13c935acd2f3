import { Button, Collapse, Drawer, Form, Input, Select } from 'antd';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useSite } from '../../../app/site.tsx';
import { useFieldErrors } from '../../../components/use-field-errors.ts';
import { useCreateNode, useSites, useTree } from '../../cloud/use-plant.ts';
import { useChangeCamera, useCreateCamera } from '../shared/use-cameras.ts';
import type { Camera, NewCamera } from '../types.ts';
import { type CameraFields, fieldsOfCamera, newCameraFields, settingsOf } from './camera-fields.ts';
import { MoreSettings } from './more-settings.tsx';
import { SourceFields } from './source-fields.tsx';

interface CameraFormProps {
  /** Left out: a new one. */
  readonly camera?: Camera;
  onClose(): void;
}

/** Where a camera is, how it is reached, and how it is looked at and kept. */
export function CameraForm({ camera, onClose }: CameraFormProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { siteId } = useSite();
  const sites = useSites();
  const create = useCreateCamera();
  const change = useChangeCamera();
  const createNode = useCreateNode();
  const tree = useTree();
  const isFirst = tree.isSuccess && sites.length === 0;
  const [form] = Form.useForm<CameraFields>();
  const fieldErrors = useFieldErrors(form);
  const [isUploading, setUploading] = useState(false);
  const nodes = tree.data ?? [];
  const site = Form.useWatch('siteId', form);
  const places = nodes
    .filter(({ kind, siteId: place }) => kind !== 'site' && place === site)
    .map(({ id, name }) => ({ value: id, label: name }));
  const usualSite = siteId ?? sites[0]?.id;
  // The form may be open before the plant is known.
  useEffect(() => {
    if (!camera && usualSite && !form.getFieldValue('siteId')) form.setFieldValue('siteId', usualSite);
  }, [camera, usualSite, form]);
  const siteNamed = async (siteName: string) => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    const made = await createNode.mutateAsync({ kind: 'site', name: siteName, parentId: null, timezone: timeZone });
    // Is the camera refused now, the form goes on with the site that is there.
    form.setFieldValue('siteId', made.id);
    return made;
  };
  const save = async (fields: CameraFields) => {
    const { name, assetId = null } = fields;
    const settings = settingsOf(fields, camera) as NewCamera['settings'];
    if (camera) {
      await change.mutateAsync({ id: camera.id, name, assetId, settings: settings as Camera['settings'] });
      onClose();
    } else {
      const siteId = fields.siteId ?? (await siteNamed(fields.firstSite!)).id;
      const made = await create.mutateAsync({ siteId, name, assetId, settings });
      navigate(`/video/cameras/${made.id}`);
    }
  };
  return (
    <Drawer
      open
      size={560}
      title={camera ? t('video.cameras.editTitle', { name: camera.name }) : t('video.cameras.new')}
      onClose={onClose}
    >
      <Form<CameraFields>
        form={form}
        layout="vertical"
        initialValues={camera ? fieldsOfCamera(camera) : newCameraFields(usualSite)}
        onFinish={(fields) => void save(fields).catch(fieldErrors)}
      >
        <SourceFields isNew={!camera} onUploading={setUploading} />
        <Form.Item name="name" label={t('video.cameras.name')} rules={[{ required: true, max: 100 }]}>
          <Input autoComplete="off" />
        </Form.Item>
        {isFirst ? (
          <Form.Item
            name="firstSite"
            initialValue={t('video.cameras.firstSiteName')}
            label={t('video.cameras.firstSite')}
            extra={t('video.cameras.firstSiteHint')}
            rules={[{ required: true, max: 200 }]}
          >
            <Input autoComplete="off" />
          </Form.Item>
        ) : (
          <Form.Item name="siteId" label={t('shell.site')} rules={[{ required: true }]}>
            <Select
              disabled={Boolean(camera)}
              options={sites.map(({ id, name }) => ({ value: id, label: name }))}
              onChange={() => form.setFieldValue('assetId', undefined)}
            />
          </Form.Item>
        )}
        {places.length > 0 && (
          <Form.Item name="assetId" label={t('video.cameras.asset')} extra={t('video.cameras.assetHint')}>
            <Select allowClear showSearch={{ optionFilterProp: 'label' }} options={places} />
          </Form.Item>
        )}
        <Collapse
          ghost
          items={[{ key: 'more', label: t('video.cameras.more'), children: <MoreSettings />, forceRender: true }]}
        />
        <Button
          type="primary"
          htmlType="submit"
          disabled={isUploading}
          loading={create.isPending || change.isPending}
          style={{ marginTop: 12 }}
        >
          {t(camera ? 'actions.save' : 'video.cameras.add')}
        </Button>
      </Form>
    </Drawer>
  );
}
