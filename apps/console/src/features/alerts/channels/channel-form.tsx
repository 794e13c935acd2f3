import { Button, Collapse, Drawer, Form, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { languageNames, languages } from '../../../app/i18n/languages.ts';
import { useLanguage } from '../../../app/i18n/use-language.ts';
import { useSession } from '../../../app/session.tsx';
import { useSite } from '../../../app/site.tsx';
import { useFieldErrors } from '../../../components/use-field-errors.ts';
import { useSites } from '../../cloud/use-plant.ts';
import type { Channel } from '../types.ts';
import { useChangeChannel, useCreateChannel } from '../use-alerts.ts';
import { bodyOf, type ChannelFields, fieldsOf, newFields } from './channel-fields.ts';
import styles from './channels.module.css';
import { FilterFields } from './filter-fields.tsx';
import { KindFields } from './kind-fields.tsx';
import { QuietFields } from './quiet-fields.tsx';

interface ChannelFormProps {
  /** Left out: a new one. */
  readonly channel?: Channel;
  onClose(): void;
  /** What a new webhook signs with; it is seen only now. */
  onSecret(secret: string): void;
}

const kinds = ['webhook', 'mqtt', 'email'] as const;
const wide = { width: '100%' };

/** Where alerts go, which, and when. */
export function ChannelForm({ channel, onClose, onSecret }: ChannelFormProps) {
  const { t } = useTranslation();
  const language = useLanguage();
  const { user } = useSession();
  const { siteId } = useSite();
  const sites = useSites();
  const create = useCreateChannel();
  const change = useChangeChannel();
  const [form] = Form.useForm<ChannelFields>();
  const fieldErrors = useFieldErrors(form);
  const kind = Form.useWatch('kind', form);
  const site = Form.useWatch('siteId', form);
  const mayAllSites = !user.siteIds;
  const zone = (sites.find(({ id }) => id === siteId) ?? sites[0])?.timezone ?? 'UTC';
  const start = siteId ?? (mayAllSites ? '' : (sites[0]?.id ?? ''));
  const save = async (fields: ChannelFields) => {
    const { kind: _kind, siteId: _siteId, ...rest } = bodyOf(fields);
    if (channel) await change.mutateAsync({ id: channel.id, ...rest });
    else {
      const { secret } = await create.mutateAsync(bodyOf(fields));
      if (secret) onSecret(secret);
    }
    onClose();
  };
  const number = (name: 'groupSeconds' | 'mostPerMinute' | 'retryHours', min: number, max: number, suffix?: string) => (
    <Form.Item
      name={name}
      label={t(`alerts.channels.${name}`)}
      tooltip={t(`alerts.channels.${name}Hint`)}
      rules={[{ required: true }]}
    >
      <InputNumber min={min} max={max} precision={0} suffix={suffix} style={wide} />
    </Form.Item>
  );
  return (
    <Drawer
      open
      size={600}
      title={channel ? t('alerts.channels.editTitle', { name: channel.name }) : t('alerts.channels.new')}
      onClose={onClose}
    >
      <Form<ChannelFields>
        form={form}
        layout="vertical"
        initialValues={channel ? fieldsOf(channel, zone) : newFields(start, zone, language)}
        onFinish={() => void save(form.getFieldsValue(true) as ChannelFields).catch(fieldErrors)}
      >
        <Form.Item name="kind" label={t('alerts.channels.kind')} rules={[{ required: true }]}>
          <Select
            disabled={Boolean(channel)}
            options={kinds.map((value) => ({ value, label: t(`alerts.kind.${value}`) }))}
          />
        </Form.Item>
        <Form.Item name="name" label={t('alerts.channels.name')} rules={[{ required: true, max: 100 }]}>
          <Input autoComplete="off" />
        </Form.Item>
        <KindFields kind={kind} />
        <Form.Item name="siteId" label={t('shell.site')}>
          <Select
            disabled={Boolean(channel)}
            options={[
              ...(mayAllSites ? [{ value: '', label: t('shell.allSites') }] : []),
              ...sites.map(({ id, name }) => ({ value: id, label: name })),
            ]}
          />
        </Form.Item>
        <Form.Item name="language" label={t('shell.language')}>
          <Select options={languages.map((value) => ({ value, label: languageNames[value] }))} />
        </Form.Item>
        <Collapse
          ghost
          items={[
            {
              key: 'filter',
              label: t('alerts.channels.filter'),
              forceRender: true,
              children: <FilterFields ofAllSites={!site} />,
            },
            {
              key: 'quiet',
              label: t('alerts.channels.quiet'),
              forceRender: true,
              children: <QuietFields />,
            },
            {
              key: 'pace',
              label: t('alerts.channels.pace'),
              forceRender: true,
              children: (
                <div className={styles.pair}>
                  {number('groupSeconds', 0, 86_400, 's')}
                  {number('mostPerMinute', 1, 600)}
                  {number('retryHours', 1, 720, 'h')}
                </div>
              ),
            },
          ]}
        />
        <Button
          type="primary"
          htmlType="submit"
          loading={create.isPending || change.isPending}
          style={{ marginTop: 12 }}
        >
          {t(channel ? 'actions.save' : 'actions.create')}
        </Button>
      </Form>
    </Drawer>
  );
}
