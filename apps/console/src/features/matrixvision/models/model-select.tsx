import { Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { useModels } from './use-models.ts';

interface ModelSelectProps {
  readonly id?: string;
  readonly value?: string;
  onChange?(model: string): void;
  /** Models of other sites are not for its cameras. */
  readonly siteId: string | undefined;
}

/** The detector of a camera: one that comes with the product, or a version of one's own. */
export function ModelSelect({ id, value, onChange, siteId }: ModelSelectProps) {
  const { t } = useTranslation();
  const { data, isPending } = useModels();
  const bundled = (data?.bundled ?? []).map(({ name, isDefault }) => ({
    value: name,
    label: isDefault ? t('video.models.defaultOne', { name }) : name,
  }));
  const own = (data?.items ?? [])
    .filter((model) => model.siteId === siteId)
    .flatMap(({ name, versions }) =>
      versions.map(({ sha256, version }) => ({ value: sha256, label: t('video.models.version', { name, version }) })),
    );
  return (
    <Select
      id={id}
      value={value}
      loading={isPending}
      onChange={(model) => onChange?.(model)}
      showSearch={{ optionFilterProp: 'label' }}
      options={[
        ...(own.length > 0 ? [{ label: t('video.models.own'), options: own }] : []),
        { label: t('video.models.bundled'), options: bundled },
      ]}
    />
  );
}
